package filon.mining.algorithm.kawpow;

import filon.mining.algorithm.kawpow.RandomProgram.Arithmetic;
import filon.mining.algorithm.kawpow.RandomProgram.CacheRead;
import filon.mining.algorithm.kawpow.RandomProgram.DatasetRead;
import filon.mining.algorithm.kawpow.RandomProgram.Merge;
import filon.mining.algorithm.kawpow.RandomProgram.Step;

/** Writes a random program as OpenCL C: the steps up to the dataset's words, then those that take them. */
final class KernelText {
    private static final String PLACE = "\n%%%%\n";

    private KernelText() {}

    /** The source with the program at its place. */
    static String of(String source, RandomProgram program) {
        if (!source.contains(PLACE)) {
            throw new IllegalArgumentException("the kernel's source has no line of percent signs");
        }
        return source.replace(PLACE, "\n" + functions(program) + "\n");
    }

    private static String functions(RandomProgram program) {
        StringBuilder computed = new StringBuilder();
        StringBuilder taken = new StringBuilder();
        for (Step step : program.steps()) {
            (step instanceof DatasetRead ? taken : computed)
                    .append("    ")
                    .append(line(step))
                    .append('\n');
        }
        return "static inline void compute(word m[REGISTERS], CACHE_SPACE uint *cache) {\n" + computed + "}\n\n"
                + "static inline void take_dataset(word m[REGISTERS], const word d0, const word d1, const word d2, "
                + "const word d3) {\n" + taken + "}\n";
    }

    private static String line(Step step) {
        String register = "m[" + step.target() + "]";
        String data =
                switch (step) {
                    case CacheRead read -> "cached(cache, m[" + read.source() + "])";
                    case Arithmetic math -> math(math.kind(), "m[" + math.first() + "]", "m[" + math.second() + "]");
                    case DatasetRead read -> "d" + read.word();
                };
        return register + " = " + merged(step.merge(), register, "(" + data + ")") + ";";
    }

    private static String math(int kind, String a, String b) {
        return switch (kind) {
            case 0 -> a + " + " + b;
            case 1 -> a + " * " + b;
            case 2 -> "mul_hi(" + a + ", " + b + ")";
            case 3 -> "min(" + a + ", " + b + ")";
            case 4 -> "rotate(" + a + ", " + b + ")";
            case 5 -> "rotate(" + a + ", (word)0u - " + b + ")";
            case 6 -> a + " & " + b;
            case 7 -> a + " | " + b;
            case 8 -> a + " ^ " + b;
            case 9 -> "clz(" + a + ") + clz(" + b + ")";
            case 10 -> "popcount(" + a + ") + popcount(" + b + ")";
            default -> throw new IllegalArgumentException("math of kind " + kind + "; there are 0 to 10");
        };
    }

    private static String merged(Merge merge, String a, String b) {
        return switch (merge.kind()) {
            case 0 -> a + " * 33u + " + b;
            case 1 -> "(" + a + " ^ " + b + ") * 33u";
            case 2 -> "rotate(" + a + ", (word)" + merge.rotation() + "u) ^ " + b;
            case 3 -> "rotate(" + a + ", (word)" + (Integer.SIZE - merge.rotation()) + "u) ^ " + b;
            default -> throw new IllegalArgumentException("merge of kind " + merge.kind() + "; there are 0 to 3");
        };
    }
}
