package filon.mining.algorithm;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** The tunings that an algorithm offers for a kind of device: every combination of these. */
public record TuningGrid(List<Integer> vectorWidths, List<Integer> workGroupSizes, List<Integer> itemsPerThread) {
    public TuningGrid {
        vectorWidths = List.copyOf(vectorWidths);
        workGroupSizes = List.copyOf(workGroupSizes);
        itemsPerThread = List.copyOf(itemsPerThread);
    }

    /** The usual one, then all others whose groups the device takes. */
    public List<SearchTuning> beside(SearchTuning usual, int workGroupSizeMax) {
        Set<SearchTuning> tunings = new LinkedHashSet<>(List.of(usual));
        for (int width : vectorWidths) {
            for (int group : workGroupSizes) {
                if (group <= workGroupSizeMax) {
                    itemsPerThread.forEach(items -> tunings.add(new SearchTuning(width, group, items, "")));
                }
            }
        }
        return List.copyOf(tunings);
    }
}
