package filon.mining.algorithm.kawpow;

import java.util.ArrayList;
import java.util.List;

/**
 * The steps of one round in one period, the same for every lane (EIP-1057, "ProgPoW loop").
 *
 * @param steps in the order they are done
 */
record RandomProgram(List<Step> steps) {
    private static final int WORDS_PER_LANE = 4;
    private static final int MATH_KINDS = 11;

    RandomProgram {
        steps = List.copyOf(steps);
    }

    /** How data enters a register: {@code kind} 0 to 3, and for two of them a rotation by 1 to 31. */
    record Merge(int kind, int rotation) {
        static Merge of(int selector) {
            return new Merge(
                    Integer.remainderUnsigned(selector, 4), Integer.remainderUnsigned(selector >>> 16, 31) + 1);
        }
    }

    /** What one step reads and where it puts it. */
    sealed interface Step {
        int target();

        Merge merge();
    }

    /** A word of the cache, named by a register. */
    record CacheRead(int source, int target, Merge merge) implements Step {}

    /** A function of two registers. */
    record Arithmetic(int kind, int first, int second, int target, Merge merge) implements Step {}

    /** Word {@code word} of a lane's four words of the round's dataset item. */
    record DatasetRead(int word, int target, Merge merge) implements Step {}

    static RandomProgram of(ProgPowRules rules, long period) {
        Kiss99 random = Kiss99.ofPeriod(period);
        Registers registers = new Registers(random);
        List<Step> steps = new ArrayList<>();
        for (int i = 0; i < Math.max(rules.cacheAccesses(), rules.mathOperations()); i++) {
            if (i < rules.cacheAccesses()) {
                int source = registers.nextSource();
                steps.add(new CacheRead(source, registers.nextTarget(), Merge.of(random.next())));
            }
            if (i < rules.mathOperations()) {
                steps.add(arithmetic(random, registers));
            }
        }
        for (int word = 0; word < WORDS_PER_LANE; word++) {
            int target = word == 0 ? 0 : registers.nextTarget();
            steps.add(new DatasetRead(word, target, Merge.of(random.next())));
        }
        return new RandomProgram(steps);
    }

    private static Arithmetic arithmetic(Kiss99 random, Registers registers) {
        int pair = random.next(ProgPowRules.REGISTERS * (ProgPowRules.REGISTERS - 1));
        int first = pair % ProgPowRules.REGISTERS;
        int second = pair / ProgPowRules.REGISTERS;
        int other = second >= first ? second + 1 : second;
        int kind = random.next(MATH_KINDS);
        return new Arithmetic(kind, first, other, registers.nextTarget(), Merge.of(random.next()));
    }

    /** Two random orders of the registers, taken round and round. */
    private static final class Registers {
        private final int[] targets = new int[ProgPowRules.REGISTERS];
        private final int[] sources = new int[ProgPowRules.REGISTERS];
        private int targetsTaken;
        private int sourcesTaken;

        Registers(Kiss99 random) {
            for (int i = 0; i < ProgPowRules.REGISTERS; i++) {
                targets[i] = i;
                sources[i] = i;
            }
            for (int i = ProgPowRules.REGISTERS; i > 1; i--) {
                swap(targets, i - 1, random.next(i));
                swap(sources, i - 1, random.next(i));
            }
        }

        private static void swap(int[] order, int a, int b) {
            int kept = order[a];
            order[a] = order[b];
            order[b] = kept;
        }

        int nextTarget() {
            return targets[targetsTaken++ % ProgPowRules.REGISTERS];
        }

        int nextSource() {
            return sources[sourcesTaken++ % ProgPowRules.REGISTERS];
        }
    }
}
