/** An application that runs a trained machine. */
module com.example.consumer {
    requires io.github.ntm4j.machines;
}
