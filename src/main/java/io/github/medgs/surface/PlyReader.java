package io.github.medgs.surface;

import io.github.medgs.InputException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.StringTokenizer;

/** Reads PLY: text, little- and big-endian, properties of any type in any order, polygons cut into triangles. */
final class PlyReader {

    /** @param countType type of a list's length, or null for a single value */
    private record Property(String name, String type, String countType) {}

    private record Element(String name, int count, List<Property> properties) {}

    /** The numbers of the body, one after the other, whatever their encoding. */
    private interface Body {
        double next(String type);

        /** An upper bound of the values still to come. */
        long remaining();

        /** An entry has been read to its end. */
        default void entryRead() {}
    }

    private final Path file;
    private float[] vertices = new float[0];
    private final PolygonList polygons = new PolygonList();
    private int[] polygon = new int[16];
    private boolean longRows;

    private PlyReader(Path file) {
        this.file = file;
    }

    static MeshFiles.Loaded read(Path file, byte[] bytes) {
        return new PlyReader(file).read(bytes);
    }

    private MeshFiles.Loaded read(byte[] bytes) {
        int headerEnd = headerEnd(bytes);
        String header = new String(bytes, 0, headerEnd, StandardCharsets.ISO_8859_1);
        List<Element> elements = new ArrayList<>();
        String format = parse(header, elements);
        long rows = elements.stream().mapToLong(Element::count).sum();
        ByteBuffer data = ByteBuffer.wrap(bytes, headerEnd, bytes.length - headerEnd).slice();
        Body body = switch (format) {
            case "ascii" -> textBody(data, rows);
            case "binary_little_endian" -> binaryBody(data.order(ByteOrder.LITTLE_ENDIAN));
            case "binary_big_endian" -> binaryBody(data.order(ByteOrder.BIG_ENDIAN));
            default -> throw damaged("has the unknown format " + format);
        };
        for (Element element : elements) {
            long values = (long) element.count() * element.properties().size();
            if (values > body.remaining()) {
                throw damaged("is cut short: " + element.count() + " " + element.name() + " entries do not fit");
            }
            switch (element.name()) {
                case "vertex" -> readVertices(element, body);
                case "face" -> readFaces(element, body);
                default -> skip(element, body);
            }
        }
        return MeshFiles.loaded(file, MeshFormat.PLY, vertices, polygons.triangles(vertices),
                MeshFiles.statedFrame(header), longRows ? List.of("its rows hold more values than its header declares;"
                        + " these were left out") : List.of()).withoutSeams(0);
    }

    private int headerEnd(byte[] bytes) {
        byte[] last = "end_header".getBytes(StandardCharsets.US_ASCII);
        if (bytes.length < 4 || bytes[0] != 'p' || bytes[1] != 'l' || bytes[2] != 'y') {
            throw damaged("is not a PLY file");
        }
        for (int at = 0; at + last.length < bytes.length; at++) {
            if (bytes[at] == 'e' && Arrays.equals(bytes, at, at + last.length, last, 0, last.length)) {
                int end = at + last.length;
                boolean windows = bytes[end] == '\r' && end + 1 < bytes.length && bytes[end + 1] == '\n';
                return end + (windows ? 2 : 1);
            }
        }
        throw damaged("has no end of its header");
    }

    private String parse(String header, List<Element> elements) {
        String format = "missing";
        for (String line : header.split("[\r\n]+")) {
            String[] words = line.trim().split("\\s+");
            switch (words[0]) {
                case "format" -> format = words[1];
                case "element" -> {
                    int count = Integer.parseInt(words[2]);
                    if (count < 0) {
                        throw damaged("has a negative number of " + words[1] + " entries");
                    }
                    elements.add(new Element(words[1], count, new ArrayList<>()));
                }
                case "property" -> {
                    if (elements.isEmpty()) {
                        throw damaged("has a property of no element");
                    }
                    elements.getLast().properties().add(words[1].equals("list")
                            ? new Property(words[4], words[3], words[2]) : new Property(words[2], words[1], null));
                }
                default -> { }
            }
        }
        return format;
    }

    private void readVertices(Element element, Body body) {
        int[] target = new int[element.properties().size()];
        Arrays.fill(target, -1);
        for (int axis = 0; axis < 3; axis++) {
            String name = "xyz".substring(axis, axis + 1);
            for (int p = 0; p < target.length; p++) {
                target[p] = element.properties().get(p).name().equals(name) ? axis : target[p];
            }
        }
        if (Arrays.stream(target).filter(axis -> axis >= 0).count() != 3) {
            throw damaged("has vertices without x, y and z");
        }
        vertices = new float[Math.multiplyExact(3, element.count())];
        for (int v = 0; v < element.count(); v++) {
            for (int p = 0; p < target.length; p++) {
                double value = value(element.properties().get(p), body);
                if (target[p] >= 0) {
                    vertices[3 * v + target[p]] = (float) value;
                }
            }
            body.entryRead();
        }
    }

    private void readFaces(Element element, Body body) {
        for (int f = 0; f < element.count(); f++) {
            for (Property property : element.properties()) {
                boolean polygon = property.countType() != null && property.name().startsWith("vertex_ind");
                if (polygon) {
                    readPolygon(property, body);
                } else {
                    value(property, body);
                }
            }
            body.entryRead();
        }
    }

    private void readPolygon(Property property, Body body) {
        int sides = (int) body.next(property.countType());
        if (sides > body.remaining()) {
            throw damaged("has a polygon of " + sides + " sides");
        }
        if (sides > polygon.length) {
            polygon = new int[sides];
        }
        for (int side = 0; side < sides; side++) {
            polygon[side] = (int) body.next(property.type());
        }
        polygons.add(polygon, Math.max(0, sides));
    }

    private void skip(Element element, Body body) {
        for (int i = 0; i < element.count(); i++) {
            for (Property property : element.properties()) {
                value(property, body);
            }
            body.entryRead();
        }
    }

    /** A single value; a list is read past, and counts as its length. */
    private static double value(Property property, Body body) {
        if (property.countType() == null) {
            return body.next(property.type());
        }
        int length = (int) body.next(property.countType());
        for (int i = 0; i < length; i++) {
            body.next(property.type());
        }
        return length;
    }

    /** @param rows entries of all elements; where there are fewer lines, an entry is not a line */
    private Body textBody(ByteBuffer data, long rows) {
        String text = StandardCharsets.ISO_8859_1.decode(data).toString();
        boolean byLine = text.lines().filter(line -> !line.isBlank()).limit(rows).count() == rows;
        Iterator<String> lines = text.lines().iterator();
        long bound = data.capacity() / 2L + 1;
        return new Body() {
            private StringTokenizer words = new StringTokenizer("");

            @Override
            public double next(String type) {
                while (!words.hasMoreTokens() && lines.hasNext()) {
                    words = new StringTokenizer(lines.next());
                }
                return Double.parseDouble(words.hasMoreTokens() ? words.nextToken() : "");
            }

            @Override
            public long remaining() {
                return bound;
            }

            @Override
            public void entryRead() {
                if (byLine && words.hasMoreTokens()) {
                    longRows = true;
                    words = new StringTokenizer("");
                }
            }
        };
    }

    private Body binaryBody(ByteBuffer data) {
        return new Body() {
            @Override
            public double next(String type) {
                return switch (type.toLowerCase(Locale.ROOT)) {
                    case "char", "int8" -> data.get();
                    case "uchar", "uint8" -> data.get() & 0xFF;
                    case "short", "int16" -> data.getShort();
                    case "ushort", "uint16" -> data.getShort() & 0xFFFF;
                    case "int", "int32" -> data.getInt();
                    case "uint", "uint32" -> data.getInt() & 0xFFFFFFFFL;
                    case "float", "float32" -> data.getFloat();
                    case "double", "float64" -> data.getDouble();
                    default -> throw damaged("has a property of unknown type " + type);
                };
            }

            @Override
            public long remaining() {
                return data.remaining();
            }
        };
    }

    private InputException damaged(String problem) {
        return new InputException(file.toString(), problem, "export it again");
    }
}
