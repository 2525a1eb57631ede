package filon.mining.pool;

/** Memories that a test begins with. */
public final class PoolMemories {
    private PoolMemories() {}

    /** Of a pool that hung up before its first job. */
    public static PoolMemory shy() {
        PoolMemory memory = new PoolMemory();
        memory.hungUpEarly();
        return memory;
    }
}
