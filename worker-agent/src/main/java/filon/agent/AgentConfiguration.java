package filon.agent;

import filon.agent.engine.EngineInstallation;
import filon.agent.identity.Provisioning;
import filon.agent.inventory.MachineSerial;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/** The settings, checked: what may be used without asking again. */
public record AgentConfiguration(
        Path home,
        Optional<URI> provisioningUrl,
        Optional<String> authority,
        Optional<String> enrolmentToken,
        String name,
        Optional<String> serial,
        EngineInstallation engine,
        boolean stopWorkloadsOnExit,
        int workloadNiceness,
        Duration meterInterval,
        boolean keepTrimmed) {
    private static final Duration INTERVAL_MIN = Duration.ofSeconds(1);
    private static final Duration INTERVAL_MAX = Duration.ofMinutes(1);
    private static final int NICENESS_MAX = 19;

    /** @throws SettingException if one is missing or wrong */
    public static AgentConfiguration of(AgentSettings settings) throws SettingException {
        AgentSettings.AgentPart agent = settings.agent();
        Path home = agent.home()
                .orElseThrow(() -> new SettingException(
                        "filon.agent.home is not set: give the folder in which the agent may keep its state"));
        Duration interval = settings.meter().interval();
        if (interval.compareTo(INTERVAL_MIN) < 0 || interval.compareTo(INTERVAL_MAX) > 0) {
            throw new SettingException("filon.meter.interval of " + interval.toMillis() + " ms is not within "
                    + INTERVAL_MIN.toSeconds() + " s to " + INTERVAL_MAX.toSeconds() + " s");
        }
        return new AgentConfiguration(
                home.toAbsolutePath(),
                url(agent.provisioningUrl()),
                authority(agent.authorityFile()),
                token(agent),
                agent.name().orElse("host"),
                serial(agent.serial()),
                engine(agent.engineDirectory()),
                agent.stopWorkloadsOnExit(),
                niceness(agent.workloadNiceness()),
                interval,
                settings.meter().keepTrimmed());
    }

    /** Empty unless both its address and its authority are set. */
    public Optional<Provisioning> provisioning() {
        return provisioningUrl.flatMap(url -> authority.map(pem -> new Provisioning(url, pem)));
    }

    /** @throws SettingException if the host must enrol and this is not set */
    public Provisioning requiredProvisioning() throws SettingException {
        if (provisioningUrl.isEmpty()) {
            throw new SettingException(
                    "filon.agent.provisioning-url is not set: the first start needs it, for example https://provisioning:8443");
        }
        return provisioning()
                .orElseThrow(
                        () -> new SettingException(
                                "filon.agent.authority-file is not set: the first start needs the PEM file of provisioning's authority"));
    }

    private static Optional<String> serial(Optional<String> given) throws SettingException {
        if (given.isEmpty()) {
            return MachineSerial.in(MachineSerial.FIRMWARE);
        }
        String serial = given.get().strip();
        if (!MachineSerial.isSerial(serial)) {
            throw new SettingException("filon.agent.serial " + serial
                    + " is no serial number: give 1 to 64 printable characters, or leave it out");
        }
        return Optional.of(serial);
    }

    private static int niceness(int given) throws SettingException {
        if (given < 0 || given > NICENESS_MAX) {
            throw new SettingException(
                    "filon.agent.workload-niceness " + given + " is not within 0 to " + NICENESS_MAX);
        }
        return given;
    }

    private static Optional<URI> url(Optional<String> text) throws SettingException {
        if (text.isEmpty()) {
            return Optional.empty();
        }
        try {
            URI url = URI.create(text.get());
            if ("https".equals(url.getScheme()) && url.getHost() != null) {
                return Optional.of(url);
            }
        } catch (IllegalArgumentException e) {
            throw new SettingException("filon.agent.provisioning-url is not a URL: " + text.get());
        }
        throw new SettingException("filon.agent.provisioning-url must begin with https://, not be " + text.get());
    }

    private static Optional<String> authority(Optional<Path> file) throws SettingException {
        if (file.isEmpty()) {
            return Optional.empty();
        }
        try {
            return Optional.of(Files.readString(file.get()));
        } catch (IOException e) {
            throw new SettingException("filon.agent.authority-file " + file.get() + " cannot be read");
        }
    }

    private static Optional<String> token(AgentSettings.AgentPart agent) throws SettingException {
        if (agent.enrolmentToken().isPresent() || agent.enrolmentTokenFile().isEmpty()) {
            return agent.enrolmentToken().map(String::strip);
        }
        Path file = agent.enrolmentTokenFile().get();
        if (!Files.exists(file)) {
            return Optional.empty(); // an enrolled host has no use for it any more
        }
        try {
            return Optional.of(Files.readString(file).strip());
        } catch (IOException e) {
            throw new SettingException("filon.agent.enrolment-token-file " + file + " cannot be read");
        }
    }

    private static EngineInstallation engine(Optional<Path> directory) throws SettingException {
        Path found = directory
                .or(() -> EngineInstallation.nearest(EngineInstallation.ownPlace()))
                .orElseThrow(() -> new SettingException(
                        "filon.agent.engine-directory is not set and no engine lies beside the agent: give the folder"
                                + " with filon-engine-*.jar and lib/"));
        try {
            return EngineInstallation.in(found);
        } catch (IOException e) {
            throw new SettingException("filon.agent.engine-directory is wrong: " + e.getMessage());
        }
    }
}
