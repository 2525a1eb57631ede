package filon.mining.algorithm;

import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Kernels of 16-wide vectors in which parts of vectors are named element by element.
 *
 * <p>Oclgrind 21.10 follows undefined values through a shuffle of two vectors wrongly (src/plugins/Uninitialized.cpp compares
 * its places with the number 11 instead of the mark of an undefined place): place 11 counts as undefined, and a vector that is
 * widened crashes it. Elements by name are no shuffle.
 */
public final class Swizzles {
    private static final int WIDTH = 16;
    /** A name, one in parentheses, or an element of an array; then the part of it. */
    private static final Pattern PART = Pattern.compile(
            "(?<operand>\\b[\\w#]+|(?<!\\w)\\(\\w+\\)(\\[[^]]*])?)\\.(?<part>lo|hi|s[0-9a-f]{2,16})\\b");

    private Swizzles() {}

    /** The same kernel with every half, quarter and permutation of a vector spelled out. */
    public static String spelledOut(String source) {
        return PART.matcher(source).replaceAll(Swizzles::elements);
    }

    /** Parts stand in the parentheses of a whole vector already; a whole one is put in its own. */
    private static String elements(MatchResult match) {
        List<String> names = names(match.group("part"));
        String elements =
                names.stream().map(name -> match.group("operand") + ".s" + name).collect(Collectors.joining(", "));
        return names.size() == WIDTH ? "((uint16)(" + elements + "))" : elements;
    }

    private static List<String> names(String part) {
        return switch (part) {
            case "lo" -> places(0);
            case "hi" -> places(WIDTH / 2);
            default -> part.substring(1).chars().mapToObj(Character::toString).toList();
        };
    }

    private static List<String> places(int first) {
        return IntStream.range(first, first + WIDTH / 2)
                .mapToObj(Integer::toHexString)
                .toList();
    }
}
