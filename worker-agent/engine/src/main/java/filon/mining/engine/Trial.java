package filon.mining.engine;

/** A tuning built and proved, ready to be measured. Belongs to the device's thread. */
public interface Trial extends AutoCloseable {
    /** Hashes per second of one slice. */
    double rate(Slice slice);

    @Override
    void close();
}
