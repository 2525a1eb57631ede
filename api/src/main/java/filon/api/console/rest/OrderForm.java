package filon.api.console.rest;

import filon.api.rental.Wish;
import filon.api.rental.Wish.PoolWish;
import filon.contracts.problem.Problem;
import filon.contracts.problem.Problem.FieldError;
import filon.contracts.value.Algorithm;
import jakarta.ws.rs.FormParam;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;

/** The order form as it was sent, and as it is shown again with what is wrong. */
class OrderForm {
    @FormParam("key")
    String key;

    @FormParam("offer")
    String offer;

    @FormParam("gpus")
    String gpus;

    @FormParam("algorithm")
    String algorithm;

    @FormParam("address")
    String address;

    @FormParam("user")
    String user;

    @FormParam("password")
    String password;

    /**
     * The fields of the form with an error each, empty where there is none; the password is never shown again.
     *
     * @param key makes one order of however many clicks
     */
    record View(
            String key,
            String offer,
            String gpus,
            String algorithm,
            String address,
            String user,
            String offerError,
            String gpusError,
            String algorithmError,
            String addressError,
            String userError,
            String passwordError,
            String problem) {
        /** What the form lets one choose from. */
        public List<String> algorithms() {
            return Arrays.stream(Algorithm.values()).map(Algorithm::label).toList();
        }

        static View fresh() {
            return new View(UUID.randomUUID().toString(), "", "1", "", "", "", "", "", "", "", "", "", "");
        }
    }

    Wish wish() {
        Integer count = number();
        List<FieldError> errors = count == null && !text(gpus).isEmpty()
                ? List.of(new FieldError("/gpus", "gpus is not a whole number"))
                : List.of();
        return new Wish(
                text(offer),
                count,
                text(algorithm),
                List.of(new PoolWish(text(address), text(user), password == null ? "" : password)),
                errors);
    }

    View refused(Problem problem) {
        return new View(
                UUID.randomUUID().toString(),
                text(offer),
                text(gpus),
                text(algorithm),
                text(address),
                text(user),
                error(problem, "/offer"),
                error(problem, "/gpus"),
                error(problem, "/algorithm"),
                error(problem, "/pools/0/address"),
                error(problem, "/pools/0/user"),
                error(problem, "/pools/0/password"),
                problem.detail());
    }

    private Integer number() {
        return text(gpus).matches("-?[0-9]{1,9}") ? Integer.valueOf(text(gpus)) : null;
    }

    private static String error(Problem problem, String pointer) {
        return problem.errors().stream()
                .filter(error -> error.pointer().equals(pointer))
                .map(FieldError::detail)
                .collect(Collectors.joining("; "));
    }

    private static String text(String sent) {
        return sent == null ? "" : sent.strip();
    }
}
