package filon.api.catalogue;

import filon.api.fleet.Fleet;
import filon.api.fleet.MeasuredRate;
import filon.contracts.value.Algorithm;
import filon.contracts.value.DeviceKind;
import filon.contracts.value.Sku;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.time.Clock;
import java.util.List;
import java.util.Optional;

/** Lists and prices what can be ordered. The offers are part of the program: a new one is new work for hosts as well. */
@ApplicationScoped
@Transactional
public class Offers {
    private static final List<Offer> OFFERS = List.of(
            new Offer(
                    Sku.of("opencl-cpu"), "OpenCL on a CPU: for practice", DeviceKind.CPU, List.of(Algorithm.values())),
            new Offer(Sku.of("opencl-gpu"), "OpenCL on a GPU", DeviceKind.GPU, List.of(Algorithm.values())));

    private final PriceStore prices;
    private final Fleet fleet;
    private final Clock clock;

    Offers(PriceStore prices, Fleet fleet, Clock clock) {
        this.prices = prices;
        this.fleet = fleet;
        this.clock = clock;
    }

    /** Every offer, with price and stock of this moment. */
    public List<Listing> list() {
        return OFFERS.stream().map(this::listing).toList();
    }

    private Listing listing(Offer offer) {
        List<MeasuredRate> rates = fleet.rates(offer.deviceKind()).stream()
                .filter(rate -> offer.runs(rate.algorithm()))
                .toList();
        return new Listing(offer, quote(offer.sku()), rates, fleet.free(offer.deviceKind()));
    }

    public Optional<Offer> find(String sku) {
        return OFFERS.stream().filter(offer -> offer.sku().sku().equals(sku)).findFirst();
    }

    /** What the offer costs now; empty until billing has published a price. */
    public Optional<Quote> quote(Sku offer) {
        return prices.validAt(offer, clock.instant());
    }

    /** Keeps a price that billing published. */
    public void publish(Quote quote) {
        prices.keep(quote);
    }

    public static String knownSkus() {
        return String.join(", ", OFFERS.stream().map(offer -> offer.sku().sku()).toList());
    }
}
