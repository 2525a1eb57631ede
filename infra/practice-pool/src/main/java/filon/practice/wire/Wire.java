package filon.practice.wire;

import java.util.Iterator;

/** The way to one miner. Each method takes what it is given and returns at once. */
public interface Wire {
    void toMiner(byte[] bytes);

    /** One message that may be larger than memory, in pieces that are made when they are asked for. */
    default void toMiner(Iterator<byte[]> pieces) {
        pieces.forEachRemaining(this::toMiner);
    }

    /** Nothing follows. */
    void closed(Ending ending);

    /** Whether what the miner sends is to be taken off the wire; at first it is. */
    default void reading(boolean on) {}

    /** How a connection ends. */
    enum Ending {
        /** TCP's FIN: what was sent before arrives. */
        FINISHED,
        /** TCP's RST: what was sent before may be lost. */
        RESET
    }
}
