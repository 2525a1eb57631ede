package filon.mining.pool;

import java.util.function.Consumer;
import java.util.function.DoubleSupplier;
import java.util.function.LongSupplier;

/**
 * What pools are served with.
 *
 * @param owner hands what a wire says to the thread that serves pools
 * @param rate the miner's hashes per second; zero where it is not known
 * @param nextSessionId a number no other session of this process has
 */
record DeskTools(
        PoolTerms terms, Wires wires, Consumer<Runnable> owner, DoubleSupplier rate, LongSupplier nextSessionId) {}
