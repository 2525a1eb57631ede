package filon.mining.device;

import java.util.Locale;

/**
 * Says which device is meant. What is empty (or below zero) is not asked for; what is given must all fit.
 *
 * @param index place over all platforms, or -1
 * @param platformName whole name of the platform, or empty
 * @param deviceName whole name or a part of it, any case, or empty
 * @param pciId {@code domain:bus:device.function}, or empty; where given it decides alone
 */
public record DeviceSelector(int index, String platformName, String deviceName, String pciId) {
    public DeviceSelector {
        platformName = platformName == null ? "" : platformName;
        deviceName = deviceName == null ? "" : deviceName;
        pciId = pciId == null ? "" : pciId;
    }

    public static DeviceSelector first() {
        return new DeviceSelector(-1, "", "", "");
    }

    /** An index, a PCI id or a part of a name, as typed on a command line. */
    public static DeviceSelector of(String text) {
        if (text.matches("[0-9]{1,4}")) {
            return new DeviceSelector(Integer.parseInt(text), "", "", "");
        }
        if (text.matches("([0-9a-fA-F]{4}:)?[0-9a-fA-F]{2}:[0-9a-fA-F]{2}\\.[0-7]")) {
            return new DeviceSelector(-1, "", "", text.length() == 7 ? "0000:" + text : text);
        }
        return new DeviceSelector(-1, "", text, "");
    }

    /** Exactly this device, after restarts and driver changes too where it has a PCI id. */
    public static DeviceSelector of(Device device) {
        return new DeviceSelector(
                device.index(), device.platform(), device.name(), device.pciId().orElse(""));
    }

    boolean fits(Device device) {
        if (!pciId.isEmpty()) {
            return device.pciId().filter(pciId::equalsIgnoreCase).isPresent();
        }
        return (index < 0 || index == device.index())
                && (platformName.isEmpty() || platformName.equals(device.platform()))
                && device.name().toLowerCase(Locale.ROOT).contains(deviceName.toLowerCase(Locale.ROOT));
    }

    @Override
    public String toString() {
        if (!pciId.isEmpty()) {
            return "PCI id " + pciId;
        }
        StringBuilder text = new StringBuilder();
        text.append(index < 0 ? "" : "index " + index + " ");
        text.append(platformName.isEmpty() ? "" : "platform '" + platformName + "' ");
        text.append(deviceName.isEmpty() ? "" : "name '" + deviceName + "' ");
        return text.isEmpty() ? "any device" : text.toString().strip();
    }
}
