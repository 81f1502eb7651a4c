package io.github.ntm4j.studio;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;

/** A studio for a test, with the machines that come with ntm4j. */
final class TestStudio implements AutoCloseable {
    private final Studio studio;
    private final HttpClient client = HttpClient.newHttpClient();

    TestStudio(Path runs) {
        studio = Studio.start(new Studio.Options(runs, Path.of("..", "models"), 0, false, "test"));
    }

    Studio studio() {
        return studio;
    }

    int port() {
        return studio.address().getPort();
    }

    String token() {
        return studio.token();
    }

    HttpResponse<byte[]> get(String path) {
        return send(HttpRequest.newBuilder(at(path)).header("X-Ntm4j-Token", token()).GET().build());
    }

    HttpResponse<byte[]> post(String path, String body) {
        return send(HttpRequest.newBuilder(at(path))
                .header("X-Ntm4j-Token", token())
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build());
    }

    HttpResponse<byte[]> post(String path, byte[] body) {
        return send(HttpRequest.newBuilder(at(path))
                .header("X-Ntm4j-Token", token())
                .POST(HttpRequest.BodyPublishers.ofByteArray(body))
                .build());
    }

    private URI at(String path) {
        return URI.create("http://127.0.0.1:" + port() + path);
    }

    private HttpResponse<byte[]> send(HttpRequest request) {
        try {
            return client.send(request, HttpResponse.BodyHandlers.ofByteArray());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        client.close();
        studio.close();
    }
}
