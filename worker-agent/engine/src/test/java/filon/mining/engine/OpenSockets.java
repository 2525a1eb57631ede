package filon.mining.engine;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;

/** What the kernel of Linux says of a process's sockets at this moment, whoever opened them; nothing on other systems. */
final class OpenSockets {
    private static final List<String> PROTOCOLS = List.of("tcp", "tcp6", "udp", "udp6", "raw", "raw6");
    private static final int FIELD_REMOTE = 2;
    private static final int FIELD_INODE = 9;

    private OpenSockets() {}

    /** Whether this system shows them. */
    static boolean areKnown() {
        return Files.exists(Path.of("/proc/self/net/tcp"));
    }

    /** Where they lead, as {@code tcp6 /127.0.0.1:80}. */
    static Set<String> of(ProcessHandle process) {
        Path folder = Path.of("/proc", Long.toString(process.pid()));
        Set<String> remotes = new HashSet<>();
        try {
            Set<String> inodes = inodes(folder.resolve("fd"));
            for (String protocol : PROTOCOLS) {
                remotes.addAll(remotes(folder.resolve("net").resolve(protocol), inodes));
            }
        } catch (IOException gone) {
            // the process, or the system has no such files
        }
        return remotes;
    }

    private static Set<String> inodes(Path descriptors) throws IOException {
        Set<String> inodes = new HashSet<>();
        try (DirectoryStream<Path> each = Files.newDirectoryStream(descriptors)) {
            for (Path descriptor : each) {
                inodes.add(inode(descriptor));
            }
        }
        return inodes;
    }

    /** Of a socket; of a file whatever its name is. */
    private static String inode(Path descriptor) {
        try {
            return Files.readSymbolicLink(descriptor).toString().replaceAll("socket:\\[(\\d+)]", "$1");
        } catch (IOException closed) {
            return "";
        }
    }

    private static Set<String> remotes(Path table, Set<String> inodes) throws IOException {
        Set<String> remotes = new HashSet<>();
        if (Files.exists(table)) {
            for (String line : Files.readAllLines(table)) {
                String[] fields = line.strip().split(" +");
                if (fields.length > FIELD_INODE && inodes.contains(fields[FIELD_INODE])) {
                    remotes.add(table.getFileName() + " " + remote(fields[FIELD_REMOTE]));
                }
            }
        }
        return remotes;
    }

    /** @param text four-byte words in the machine's order, a colon, the port */
    private static String remote(String text) {
        String[] parts = text.split(":");
        ByteBuffer words = ByteBuffer.wrap(HexFormat.of().parseHex(parts[0]));
        ByteBuffer address = ByteBuffer.allocate(words.capacity()).order(ByteOrder.nativeOrder());
        while (words.hasRemaining()) {
            address.putInt(words.getInt());
        }
        try {
            return InetAddress.getByAddress(address.array()) + ":" + HexFormat.fromHexDigits(parts[1]);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
