package io.github.medgs.volume.nifti;

import io.github.medgs.volume.Segment;
import io.github.medgs.volume.raw.ByteSource;
import java.io.ByteArrayInputStream;
import java.io.StringWriter;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import javax.xml.stream.XMLStreamWriter;

/**
 * Names and colours of labels in a header extension: the XML of Caret and the Connectome Workbench, with an element
 * {@code Label} for each. TotalSegmentator writes it too, under a code of its own, so the content decides.
 */
final class LabelTable {

    /** An extension's code for Caret's XML, see nifti1.h. */
    static final int CODE = 30;

    /** What an extension is that holds one. */
    private static final String MARK = "<LabelTable";

    private static final List<String> CHANNELS = List.of("Red", "Green", "Blue");
    private static final long LONGEST = 4L << 20;

    private LabelTable() {}

    /**
     * The labels that a file names, in its order; none where it names none.
     *
     * @param notes receives a sentence where there is a table and it cannot be read
     */
    static List<Segment> of(ByteSource source, NiftiHeader header, List<String> notes) {
        int at = (header.version() == 1 ? NiftiHeader.SIZE_1 : NiftiHeader.SIZE_2) + 4;
        if (!header.singleFile() || header.voxelOffset() < at + 8) {
            return List.of();
        }
        byte[] bytes = source.first((int) Math.min(header.voxelOffset(), LONGEST));
        if (bytes.length < at || bytes[at - 4] == 0) {
            return List.of();
        }
        ByteBuffer buffer = ByteBuffer.wrap(bytes).order(header.order());
        while (at + 8 <= bytes.length) {
            int size = buffer.getInt(at);
            if (size < 8 || size > bytes.length - at) {
                return List.of();
            }
            byte[] content = Arrays.copyOfRange(bytes, at + 8, at + size);
            if (new String(content, StandardCharsets.ISO_8859_1).contains(MARK)) {
                return parsed(content, notes);
            }
            at += size;
        }
        return List.of();
    }

    private static List<Segment> parsed(byte[] content, List<String> notes) {
        int length = content.length;
        while (length > 0 && content[length - 1] == 0) {
            length--;
        }
        XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
        // What is in a file must not make us open others.
        factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
        List<Segment> segments = new ArrayList<>();
        try {
            XMLStreamReader xml = factory.createXMLStreamReader(new ByteArrayInputStream(content, 0, length));
            while (xml.hasNext()) {
                if (xml.next() == XMLStreamReader.START_ELEMENT && xml.getLocalName().equals("Label")) {
                    long key = Long.parseLong(xml.getAttributeValue(null, "Key").strip());
                    int rgb = rgb(xml);
                    String name = xml.getElementText().strip();
                    if (key > 0 && key <= Integer.MAX_VALUE && !name.isEmpty()) {
                        segments.add(new Segment((int) key, name, rgb));
                    }
                }
            }
        } catch (XMLStreamException | RuntimeException e) {
            // The names are help, not data: the voxels are right without them.
            notes.add("the names of its labels cannot be read: its label table is damaged");
            return List.of();
        }
        return segments;
    }

    /** The table as XML; a label without a colour gets one. */
    static String xml(List<Segment> segments) {
        StringWriter text = new StringWriter();
        try {
            XMLStreamWriter xml = XMLOutputFactory.newDefaultFactory().createXMLStreamWriter(text);
            xml.writeStartElement("CaretExtension");
            xml.writeStartElement("VolumeInformation");
            xml.writeAttribute("Index", "0");
            xml.writeStartElement("LabelTable");
            for (Segment segment : segments) {
                String[] shares = segment.shares();
                xml.writeStartElement("Label");
                xml.writeAttribute("Key", String.valueOf(segment.label()));
                for (int n = 0; n < shares.length; n++) {
                    xml.writeAttribute(CHANNELS.get(n), shares[n]);
                }
                xml.writeAttribute("Alpha", "1");
                // XML has no place for control characters.
                xml.writeCharacters(segment.name().replaceAll("\\p{Cntrl}", " "));
                xml.writeEndElement();
            }
            xml.writeEndElement();
            xml.writeStartElement("VolumeType");
            xml.writeCharacters("Label");
            xml.writeEndElement();
            xml.writeEndElement();
            xml.writeEndElement();
        } catch (XMLStreamException e) {
            throw new IllegalStateException("names can be written to memory", e);
        }
        return text.toString();
    }

    private static int rgb(XMLStreamReader label) {
        double[] shares = new double[CHANNELS.size()];
        for (int n = 0; n < shares.length; n++) {
            String share = label.getAttributeValue(null, CHANNELS.get(n));
            if (share == null) {
                return Segment.NO_COLOUR;
            }
            shares[n] = Double.parseDouble(share);
        }
        return Segment.rgb(shares);
    }
}
