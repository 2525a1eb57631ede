package filon.practice;

import java.io.IOException;
import java.net.Socket;

/** How a server's connections are encrypted, if they are. */
public interface Encryption {
    /** Bytes go as they are. */
    Encryption NONE = new Encryption() {
        @Override
        public Socket over(Socket accepted) {
            return accepted;
        }

        @Override
        public boolean isOn() {
            return false;
        }
    };

    /** The server's side over a connection; the handshake comes with the first byte. */
    Socket over(Socket accepted) throws IOException;

    boolean isOn();
}
