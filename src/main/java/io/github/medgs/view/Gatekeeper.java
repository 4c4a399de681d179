package io.github.medgs.view;

import com.sun.net.httpserver.Headers;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * Who may ask. A page of another site can send requests to the loopback address, and a name server under its owner's
 * control can make that address its own: so the address holds a secret, Host must be this server's, and Origin, where a
 * browser sends one, too.
 */
final class Gatekeeper {

    private static final int TOKEN_BYTES = 24;
    private static final int HTTP = 80;

    private final String token;
    private final Set<String> hosts = new HashSet<>();

    /** @param address where the server listens, its port known */
    Gatekeeper(InetSocketAddress address) {
        byte[] secret = new byte[TOKEN_BYTES];
        new SecureRandom().nextBytes(secret);
        token = Base64.getUrlEncoder().withoutPadding().encodeToString(secret);
        for (String name : names(address.getAddress())) {
            hosts.add(name + ":" + address.getPort());
            if (address.getPort() == HTTP) {
                // Clients leave the protocol's own port out.
                hosts.add(name);
            }
        }
    }

    String token() {
        return token;
    }

    /** The names by which a browser may call the server. */
    private static Set<String> names(InetAddress address) {
        Set<String> names = new HashSet<>();
        try {
            List<InetAddress> reached = address.isAnyLocalAddress()
                    ? NetworkInterface.networkInterfaces().flatMap(NetworkInterface::inetAddresses).toList()
                    : List.of(address);
            for (InetAddress each : reached) {
                names.add(literal(each));
                if (each.isLoopbackAddress()) {
                    names.add("localhost");
                }
            }
        } catch (SocketException e) {
            names.add(literal(address));
        }
        return names;
    }

    /** An address as it stands in a URL. */
    static String literal(InetAddress address) {
        String text = address.getHostAddress().replaceFirst("%.*", "");
        return text.contains(":") ? "[" + text + "]" : text;
    }

    /** Whether Host, and Origin if there is one, are this server's own. */
    boolean admits(Headers headers) {
        List<String> host = headers.getOrDefault("Host", List.of());
        if (host.size() != 1 || !hosts.contains(host.getFirst().toLowerCase(Locale.ROOT))) {
            return false;
        }
        List<String> origin = headers.getOrDefault("Origin", List.of());
        return origin.isEmpty() || origin.equals(List.of("http://" + host.getFirst()));
    }

    /**
     * What a path asks for once its token is right.
     *
     * @param path as it was sent: not decoded, so that nothing in it can mean anything but a name of this server's
     * @return the name behind {@code /TOKEN/}, empty for the page itself; {@code null} for a wrong token
     */
    String nameIn(String path) {
        int end = path == null || !path.startsWith("/") ? -1 : path.indexOf('/', 1);
        String given = end < 0 ? "" : path.substring(1, end);
        // In constant time: how much of a guess is right must not be measurable.
        boolean right = MessageDigest.isEqual(given.getBytes(StandardCharsets.UTF_8),
                token.getBytes(StandardCharsets.UTF_8));
        return right ? path.substring(end + 1) : null;
    }
}
