package filon.mining.command;

import filon.contracts.value.PoolAddress;
import filon.mining.pool.PoolOrder;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Pools of different names at one address: they do not stand by for each other. */
final class SharedAddresses {
    private SharedAddresses() {}

    /** One line for each host that leads where one before it does; looks names up, and waits for that. */
    static List<String> doubts(List<PoolOrder> orders) {
        Map<InetAddress, String> hosts = new HashMap<>();
        List<String> doubts = new ArrayList<>();
        List<String> names = orders.stream()
                .map(PoolOrder::address)
                .map(PoolAddress::bareHost)
                .distinct()
                .toList();
        for (String name : names) {
            for (InetAddress address : addresses(name)) {
                String first = hosts.putIfAbsent(address, name);
                if (first != null) {
                    doubts.add("hosts " + first + " and " + name + " are both " + address.getHostAddress()
                            + "; when it fails, the pools of both do");
                }
            }
        }
        return List.copyOf(doubts);
    }

    private static List<InetAddress> addresses(String name) {
        try {
            return List.of(InetAddress.getAllByName(name)).stream().distinct().toList();
        } catch (UnknownHostException e) {
            return List.of(); // whoever connects says so
        }
    }
}
