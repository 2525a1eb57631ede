package filon.api.rental;

import filon.api.catalogue.Offer;
import filon.api.catalogue.Offers;
import filon.api.rental.Wish.PoolWish;
import filon.contracts.address.AddressRules;
import filon.contracts.address.ForbiddenAddressException;
import filon.contracts.message.RentalNotice.Order;
import filon.contracts.problem.Problem.FieldError;
import filon.contracts.value.Algorithm;
import filon.contracts.value.Pool;
import filon.contracts.value.PoolAddress;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** Looks at every field of a wish, so that a customer hears of all mistakes at once. */
@ApplicationScoped
public class WishChecks {
    /** Stands in where only the other parts of a pool are looked at. */
    private static final PoolAddress ANYWHERE = PoolAddress.of("stratum+tcp://pool.invalid:1");

    private final Offers offers;
    private final AddressRules addresses;

    /** @param allowed address ranges that pools may lie in although they are not public, for example the practice pool's */
    WishChecks(Offers offers, @ConfigProperty(name = "filon.pools.allowed") Optional<List<String>> allowed) {
        this.offers = offers;
        this.addresses = AddressRules.publicOnly().allowing(allowed.orElse(List.of()));
    }

    /** Resolves the pools' names and so may take seconds: to be called outside a transaction. */
    public CheckedWish check(Wish wish) {
        List<FieldError> lasting = new ArrayList<>(wish.errors());
        List<FieldError> passing = new ArrayList<>();
        Optional<Offer> offer = offer(wish, lasting);
        Optional<Algorithm> algorithm = algorithm(wish, offer, lasting);
        gpus(wish, lasting);
        List<Pool> pools = pools(wish, lasting, passing);
        Optional<CheckedWish.Terms> terms = lasting.isEmpty()
                ? Optional.of(new CheckedWish.Terms(
                        offer.orElseThrow().sku(), wish.gpus(), algorithm.orElseThrow(), List.copyOf(pools)))
                : Optional.empty();
        return new CheckedWish(terms, lasting, passing);
    }

    private Optional<Offer> offer(Wish wish, List<FieldError> errors) {
        Optional<Offer> offer = wish.offer() == null ? Optional.empty() : offers.find(wish.offer());
        if (offer.isEmpty() && !wish.isBlamed("/offer")) {
            errors.add(new FieldError(
                    "/offer",
                    wish.offer() == null
                            ? "offer is missing; one of: " + Offers.knownSkus()
                            : "offer " + shown(wish.offer()) + " is not one of: " + Offers.knownSkus()));
        }
        return offer;
    }

    private static Optional<Algorithm> algorithm(Wish wish, Optional<Offer> offer, List<FieldError> errors) {
        if (wish.isBlamed("/algorithm")) {
            return Optional.empty();
        }
        if (wish.algorithm() == null) {
            errors.add(new FieldError("/algorithm", "algorithm is missing; one of: " + Algorithm.knownLabels()));
            return Optional.empty();
        }
        Optional<Algorithm> algorithm = Algorithm.named(wish.algorithm());
        if (algorithm.isEmpty()) {
            errors.add(new FieldError(
                    "/algorithm",
                    "algorithm " + shown(wish.algorithm()) + " is not one of: " + Algorithm.knownLabels()));
        } else if (offer.isPresent() && !offer.get().runs(algorithm.get())) {
            errors.add(new FieldError(
                    "/algorithm", "offer " + wish.offer() + " does not run algorithm " + wish.algorithm()));
        }
        return algorithm;
    }

    private static void gpus(Wish wish, List<FieldError> errors) {
        if (wish.isBlamed("/gpus")) {
            return;
        }
        if (wish.gpus() == null) {
            errors.add(new FieldError("/gpus", "gpus is missing; 1 to " + Order.GPU_COUNT_MAX));
        } else if (wish.gpus() < 1 || wish.gpus() > Order.GPU_COUNT_MAX) {
            errors.add(new FieldError("/gpus", "gpus is " + wish.gpus() + ", not within 1 to " + Order.GPU_COUNT_MAX));
        }
    }

    private List<Pool> pools(Wish wish, List<FieldError> lasting, List<FieldError> passing) {
        List<Pool> pools = new ArrayList<>();
        if (wish.isBlamed("/pools")) {
            return pools;
        }
        if (wish.pools() == null || wish.pools().isEmpty()) {
            lasting.add(new FieldError("/pools", "pools is missing or empty; 1 to " + Order.POOLS_MAX));
            return pools;
        }
        if (wish.pools().size() > Order.POOLS_MAX) {
            lasting.add(new FieldError(
                    "/pools", wish.pools().size() + " pools are given, not within 1 to " + Order.POOLS_MAX));
            return pools;
        }
        for (int i = 0; i < wish.pools().size(); i++) {
            String pointer = "/pools/" + i;
            if (!wish.isBlamed(pointer)) {
                pool(wish, wish.pools().get(i), pointer, lasting, passing).ifPresent(pools::add);
            }
        }
        return pools;
    }

    private Optional<Pool> pool(
            Wish wish, PoolWish pool, String pointer, List<FieldError> lasting, List<FieldError> passing) {
        Optional<PoolAddress> address = wish.isBlamed(pointer + "/address")
                ? Optional.empty()
                : address(pool.address(), pointer + "/address", lasting, passing);
        address.flatMap(given -> Algorithm.named(wish.algorithm()).flatMap(algorithm -> algorithm.obstacle(given)))
                .ifPresent(why -> lasting.add(new FieldError(pointer + "/address", why)));
        if (!wish.isBlamed(pointer + "/user")) {
            refusal(() -> new Pool(ANYWHERE, blankToEmpty(pool.user()), ""), pointer + "/user", lasting);
        }
        if (!wish.isBlamed(pointer + "/password")) {
            refusal(() -> new Pool(ANYWHERE, "user", pool.password()), pointer + "/password", lasting);
        }
        boolean isBlameless =
                lasting.stream().noneMatch(error -> error.pointer().startsWith(pointer + "/"));
        return isBlameless ? address.map(a -> new Pool(a, pool.user(), pool.password())) : Optional.empty();
    }

    private Optional<PoolAddress> address(
            String text, String pointer, List<FieldError> lasting, List<FieldError> passing) {
        PoolAddress address;
        try {
            address = PoolAddress.of(text);
        } catch (IllegalArgumentException e) {
            lasting.add(new FieldError(pointer, shown(e.getMessage())));
            return Optional.empty();
        }
        try {
            addresses.permit(address.bareHost());
        } catch (ForbiddenAddressException e) {
            passing.add(new FieldError(pointer, "pool address " + address + " is not allowed: " + e.getMessage()));
        }
        return Optional.of(address);
    }

    private static void refusal(Runnable making, String pointer, List<FieldError> errors) {
        try {
            making.run();
        } catch (IllegalArgumentException e) {
            errors.add(new FieldError(pointer, e.getMessage()));
        }
    }

    private static String blankToEmpty(String text) {
        return text == null || text.isBlank() ? "" : text;
    }

    /** What a stranger wrote, short and printable. */
    static String shown(String text) {
        String printable = text.replaceAll("\\p{Cntrl}", "?");
        return printable.length() <= 200 ? printable : printable.substring(0, 200) + "...";
    }
}
