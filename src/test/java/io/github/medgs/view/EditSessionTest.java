package io.github.medgs.view;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.medgs.edit.Edits;
import io.github.medgs.model.ModelFile;
import io.github.medgs.surface.Measures;
import io.github.medgs.volume.format.VolumeFiles;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Editing by requests, as the page does. */
@Timeout(120)
class EditSessionTest {

    private static final String MOVE = "{\"edits\": [{\"select\": {\"mask\": \"ball-mask.nii\", \"label\": 3}, \"translateMm\": [-2.4, 0, 0]}]}";

    @TempDir
    static Path folder;

    private static SmallRun run;
    private static Scene scene;
    private static ViewServer server;
    private static RawHttp http;

    @BeforeAll
    static void serve() throws IOException {
        run = new SmallRun(folder).learnt();
        scene = SmallRun.scene(run.out);
        server = SmallRun.serve(scene);
        http = new RawHttp(server);
    }

    @AfterAll
    static void close() {
        server.close();
    }

    private static String post(String name, String body) throws IOException {
        return http.send("POST " + http.path(name) + " HTTP/1.1\r\nHost: " + http.host() + "\r\nOrigin: http://"
                + http.host() + "\r\nContent-Length: " + body.length() + "\r\nConnection: close\r\n\r\n" + body);
    }

    private static JsonNode json(String answer) throws IOException {
        assertEquals(200, RawHttp.status(answer), answer);
        return new ObjectMapper().readTree(RawHttp.body(answer));
    }

    private static byte[] bytes(String answer) {
        assertEquals(200, RawHttp.status(answer));
        return RawHttp.body(answer).getBytes(StandardCharsets.ISO_8859_1);
    }

    private static double centre() throws Exception {
        return Measures.of(scene.surfaces.get().getFirst().mesh().in(io.github.medgs.surface.Frame.RAS)).centroid()[0];
    }

    @Test
    void anEditIsSeenListedSavedAndTakenBack() throws Exception {
        String slice = http.patiently(http.path("slice?mm=6.5"));
        double before = centre();
        JsonNode listed = json(http.get(http.path("edits.json")));
        assertEquals(0, listed.get("steps").size());
        assertEquals(3, listed.at("/masks/0/labels/0").asInt());

        JsonNode done = json(post("edit", MOVE));
        assertTrue(done.at("/steps/0/selected").asInt() > 50, done.toString());
        assertFalse(java.util.Arrays.equals(bytes(slice), bytes(http.patiently(http.path("slice?mm=6.5")))));
        assertEquals(before - 2.4, centre(), 0.4);

        // Pages hear which slices are no scans any more.
        assertTrue(done.get("acquired").asBoolean());
        assertTrue(done.get("edited").size() > 3, done.get("edited").toString());
        assertEquals(done.get("edited"), json(http.get(http.path("state.json"))).at("/model/edited"));
        assertEquals(0, json(http.get(http.path("state.json"))).at("/input/edited").size());

        // What is saved is what the command makes of the saved list.
        Path saved = folder.resolve("saved.medgs");
        Files.write(saved, bytes(http.get(http.path("edited.medgs"))));
        Edits list = Edits.parse(done.get("list").asText(), "the saved list");
        ModelFile.write(list.apply(ModelFile.read(run.out.resolve("model.medgs")), folder).model(), folder.resolve("again.medgs"));
        assertArrayEquals(Files.readAllBytes(folder.resolve("again.medgs")), Files.readAllBytes(saved));

        JsonNode undone = json(post("undo", ""));
        assertEquals(0, undone.get("steps").size());
        assertEquals(0, undone.get("edited").size());
        assertArrayEquals(bytes(slice), bytes(http.patiently(http.path("slice?mm=6.5"))));
        assertEquals(before, centre(), 1e-9);
        assertEquals(0, json(post("undo", "")).get("steps").size());
    }

    @Test
    void ofManyLabelsAStructureIsEdited() throws Exception {
        SmallRun halves = new SmallRun(java.nio.file.Files.createDirectory(folder.resolve("halves")), 4).learnt();
        EditSession session = SmallRun.scene(halves.out).edits;
        assertEquals("4", session.toJson().at("/structures/1/label").asText());
        session.append("{\"edits\": [{\"select\": {\"label\": \"4\"}, \"delete\": true}]}");
        assertTrue(session.toJson().at("/steps/0/selected").asInt() > 20, session.toJson()::toString);
        for (short structure : session.standing().labels().index()) {
            assertTrue(structure < 2);
        }
        session.undo();
        assertEquals(1, json(http.get(http.path("edits.json"))).at("/masks").size());
    }

    /** A mask is read when its labels are wanted; by then it may be gone, and what was done is told all the same. */
    @Test
    void aMaskThatIsGoneIsSaidAndAnEditIsNotLost() throws Exception {
        Scene other = SmallRun.scene(run.out);
        other.masks.put("ball-mask.nii", new Once<>(() -> VolumeFiles.read(folder.resolve("gone.nii"))));
        try (ViewServer its = SmallRun.serve(other)) {
            RawHttp page = new RawHttp(its);
            String body = "{\"edits\": [{\"select\": {\"sphere\": {\"centreMm\": [-34, 43, 12], \"radiusMm\": 4}}, \"delete\": true}]}";
            JsonNode done = json(page.send("POST " + page.path("edit") + " HTTP/1.1\r\nHost: " + page.host()
                    + "\r\nContent-Length: " + body.length() + "\r\nConnection: close\r\n\r\n" + body));
            assertEquals(1, done.get("steps").size());
            assertTrue(done.at("/masks/0/fault").asText().contains("gone.nii"), done.toString());
            assertEquals(0, done.at("/masks/0/labels").size());
        }
    }

    @Test
    void aModelThatCannotBeWrittenIsNotSentEmpty() throws Exception {
        String temporary = System.setProperty("java.io.tmpdir", folder.resolve("nowhere").toString());
        try (ViewServer other = SmallRun.serve(SmallRun.scene(run.out))) {
            RawHttp its = new RawHttp(other);
            String answer = its.get(its.path("edited.medgs"));
            assertEquals(500, RawHttp.status(answer), answer);
            assertTrue(RawHttp.body(answer).contains("the model cannot be written into " + folder.resolve("nowhere")), answer);
        } finally {
            System.setProperty("java.io.tmpdir", temporary);
        }
    }

    @Test
    void aListReachesNoFileAndNoEnd() throws Exception {
        for (String mask : new String[] {"../ball-mask.nii", folder.resolve("ball-mask.nii").toString(), "other.nii", "/etc/passwd"}) {
            String answer = post("edit", MOVE.replace("ball-mask.nii", mask));
            assertEquals(400, RawHttp.status(answer));
            assertTrue(answer.contains("is not one of this page's"), answer);
        }
        assertEquals(400, RawHttp.status(post("edit", "{\"edits\": [{}]}")));
        assertEquals(400, RawHttp.status(post("edit", "not JSON")));
        assertEquals(400, RawHttp.status(post("edit", " ".repeat(300_000))));
        String one = "{\"select\": {\"sphere\": {\"centreMm\": [900, 900, 900], \"radiusMm\": 1}}, \"fade\": 1}";
        String many = "{\"edits\": [" + (one + ",").repeat(100) + one + "]}";
        assertEquals(400, RawHttp.status(post("edit", many)));
        assertEquals(0, json(http.get(http.path("edits.json"))).get("steps").size());
    }
}
