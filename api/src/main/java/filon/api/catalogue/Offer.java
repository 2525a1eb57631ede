package filon.api.catalogue;

import filon.contracts.value.Algorithm;
import filon.contracts.value.DeviceKind;
import filon.contracts.value.Sku;
import java.util.List;

/** Something a customer can order by the GPU. */
public record Offer(Sku sku, String title, DeviceKind deviceKind, List<Algorithm> algorithms) {
    public Offer {
        algorithms = List.copyOf(algorithms);
    }

    public boolean runs(Algorithm algorithm) {
        return algorithms.contains(algorithm);
    }
}
