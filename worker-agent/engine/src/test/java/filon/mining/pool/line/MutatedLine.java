package filon.mining.pool.line;

import java.util.List;
import java.util.SplittableRandom;

/** A line of a pool, damaged. */
public final class MutatedLine {
    private MutatedLine() {}

    public static String of(String line, SplittableRandom random) {
        StringBuilder text = new StringBuilder(line);
        for (int change = random.nextInt(4); change >= 0; change--) {
            int at = random.nextInt(text.length() + 1);
            switch (random.nextInt(4)) {
                case 0 -> text.insert(at, (char) random.nextInt(0x250));
                case 1 -> text.delete(at, Math.min(text.length(), at + 1 + random.nextInt(6)));
                case 2 ->
                    text.insert(
                            at,
                            List.of("null", "-1", "1e999999999", "{", "[", "\"", "0.5", "\\u0000")
                                    .get(random.nextInt(8)));
                default -> text.insert(at, text.substring(0, Math.min(at, 40)));
            }
        }
        return text.toString();
    }
}
