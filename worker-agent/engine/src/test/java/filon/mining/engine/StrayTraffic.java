package filon.mining.engine;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.AsynchronousSocketChannel;
import java.nio.channels.DatagramChannel;
import java.nio.channels.SocketChannel;
import java.util.concurrent.ExecutionException;

/** Reaches out in each way the JDK has, to the ports of this machine that it is given, in vain or not. */
final class StrayTraffic {
    static final int WAYS = 6;

    private StrayTraffic() {}

    public static void main(String[] ports) throws IOException, InterruptedException {
        try (Socket socket = new Socket();
                SocketChannel channel = SocketChannel.open();
                AsynchronousSocketChannel later = AsynchronousSocketChannel.open();
                DatagramSocket datagrams = new DatagramSocket();
                DatagramSocket bound = new DatagramSocket();
                DatagramChannel packets = DatagramChannel.open()) {
            tryTo(() -> socket.connect(local(ports[0])));
            tryTo(() -> channel.connect(local(ports[1])));
            tryTo(() -> await(later, local(ports[2])));
            tryTo(() -> datagrams.send(new DatagramPacket(new byte[1], 1, local(ports[3]))));
            tryTo(() -> bound.connect(local(ports[4])));
            tryTo(() -> packets.send(ByteBuffer.allocate(1), local(ports[5])));
        }
    }

    @FunctionalInterface
    private interface Attempt {
        void run() throws IOException;
    }

    private static void tryTo(Attempt attempt) {
        try {
            attempt.run();
        } catch (IOException refused) {
            // nobody listens there
        }
    }

    private static SocketAddress local(String port) {
        return new InetSocketAddress(InetAddress.getLoopbackAddress(), Integer.parseInt(port));
    }

    private static void await(AsynchronousSocketChannel channel, SocketAddress there) throws IOException {
        try {
            channel.connect(there).get();
        } catch (ExecutionException refused) {
            throw new IOException(refused);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
