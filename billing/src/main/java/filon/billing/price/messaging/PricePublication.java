package filon.billing.price.messaging;

import filon.billing.price.Prices;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;

/** Tells the others at the start which prices came with the migrations. */
@ApplicationScoped
class PricePublication {
    private final Prices prices;

    PricePublication(Prices prices) {
        this.prices = prices;
    }

    void start(@Observes StartupEvent event) {
        prices.publishNew();
    }
}
