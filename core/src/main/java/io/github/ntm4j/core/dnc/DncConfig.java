package io.github.ntm4j.core.dnc;

import io.github.ntm4j.core.config.Setting;
import io.github.ntm4j.core.config.UserException;
import io.github.ntm4j.core.dnc.LinkSettings.Links;

/**
 * The settings of a Differentiable Neural Computer. Whatever publications and implementations read differently is a setting of its own.
 *
 * @param controller the network that drives the memory
 * @param store the memory and its heads
 * @param addressing how keys find rows
 * @param allocation how free rows are found
 * @param linking how the order of writing is kept
 */
public record DncConfig(
        @Setting("the network that drives the memory") ControllerSettings controller,
        @Setting("the memory and its heads") StoreSettings store,
        @Setting("how keys find rows") AddressingSettings addressing,
        @Setting("how free rows are found") AllocationSettings allocation,
        @Setting("how the order of writing is kept") LinkSettings linking) {
    /** Checks what no single setting can. */
    public DncConfig {
        if ((long) store.rows() * store.width() > (1 << 28)) {
            throw new UserException("machine.rows: expected rows * width of at most 268435456, got " + store.rows() + " * " + store.width());
        }
        if (linking.links() == Links.DENSE && store.rows() > 16384) {
            throw new UserException("machine.rows: expected at most 16384 with machine.links=dense, got " + store.rows()
                    + "; machine.links=sparse takes more");
        }
        if (linking.links() == Links.SPARSE && linking.linkEntries() > store.rows()) {
            throw new UserException("machine.link_entries: expected at most machine.rows = " + store.rows() + ", got " + linking.linkEntries());
        }
        if (linking.links() == Links.NONE && linking.sharpen()) {
            throw new UserException("machine.sharpen: expected false with machine.links=none, got true: there is nothing to sharpen");
        }
        if (addressing.maskMinimum() > 0 && !addressing.mask()) {
            throw new UserException("machine.mask_minimum: expected 0 without machine.mask, got " + addressing.maskMinimum());
        }
    }
}
