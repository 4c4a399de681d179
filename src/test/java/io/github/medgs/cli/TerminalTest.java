package io.github.medgs.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Colours and moving bars are for terminals, and it is standard error that they are written to. */
class TerminalTest {

    @TempDir
    Path folder;

    /** What a command that is refused writes on a pseudo terminal, its errors sent where the shell's words say. */
    private String onATerminal(String redirection) throws Exception {
        return shellOnATerminal("env -u NO_COLOR TERM=xterm '" + Path.of(System.getProperty("java.home"), "bin", "java") + "' -cp '"
                + System.getProperty("java.class.path") + "' io.github.medgs.cli.Main info nowhere.nii " + redirection, 2);
    }

    private String shellOnATerminal(String line, int status) throws Exception {
        assumeTrue(Files.isExecutable(Path.of("/usr/bin/script")), "no program script, of util-linux, on this machine");
        Path output = folder.resolve("output.txt");
        Process process = new ProcessBuilder("script", "--quiet", "--return", "--command", line, "/dev/null")
                .redirectErrorStream(true).redirectOutput(output.toFile()).start();
        assertEquals(status, process.waitFor());
        return Files.readString(output);
    }

    @Test
    void errorsInAFileHaveNoEscapeCodesThoughTheRestIsOnATerminal() throws Exception {
        assertTrue(onATerminal("").contains("\u001b["), "colour on the terminal");
        Path log = folder.resolve("log.txt");
        String terminal = onATerminal("2> '" + log + "'");
        assertFalse(terminal.contains("nowhere.nii"), terminal);
        String written = Files.readString(log);
        assertTrue(written.contains("nowhere.nii: does not exist"), written);
        assertFalse(written.contains("\u001b"), written);
    }

    /** The launcher's filter hides the terminal from the program: this Java only says what it was told. */
    @Test
    void theLauncherSaysWhetherErrorsGoToATerminalAndHowWideItIs() throws Exception {
        Path java = Files.createDirectories(folder.resolve("jdk/bin")).resolve("java");
        Files.writeString(java, "#!/bin/sh\necho told $MEDGS_TERMINAL ${MEDGS_COLUMNS:-nothing}\n");
        assertTrue(java.toFile().setExecutable(true));
        String line = "stty cols 63; unset MEDGS_COLUMNS; bash -c '. ./tornado-env.sh; _medgs_packed=1; JAVA_HOME="
                + folder.resolve("jdk") + "; medgs info'";
        String terminal = shellOnATerminal(line, 0);
        assertTrue(terminal.contains("told 1 63"), terminal);
        String redirected = shellOnATerminal(line + " 2> /dev/null", 0);
        assertTrue(redirected.contains("told 0 nothing"), redirected);
    }

    /** Values as people write them, also of options that take names. */
    @Test
    void theShellCompletesValues() throws Exception {
        PrintStream before = System.out;
        ByteArrayOutputStream script = new ByteArrayOutputStream();
        System.setOut(new PrintStream(script, true, StandardCharsets.UTF_8));
        try {
            assertEquals(0, Main.commandLine().execute("completion"));
        } finally {
            System.setOut(before);
        }
        String text = script.toString(StandardCharsets.UTF_8);
        for (String values : List.of("(\"auto\" \"i\" \"j\" \"k\") # --axis", "(\"LPS\" \"RAS\") # --frame",
                "(\"pair\" \"sparse\" \"paper\") # --protocol", "\"quick\" \"mesh\"", "\"reference\" \"vector\"")) {
            assertTrue(text.contains(values), values);
        }
        // The script keeps values under what the help calls them: two of one name in a command would share theirs.
        for (String command : text.split("\nfunction ")) {
            Map<String, String> known = new HashMap<>();
            Pattern.compile("local (\\w+_option_args)=(\\(.*?\\)) #").matcher(command).results().forEach(values ->
                    assertEquals(values.group(2), Objects.requireNonNullElse(known.put(values.group(1), values.group(2)),
                            values.group(2)), command.lines().findFirst().orElseThrow()));
        }
    }

    @Test
    void theWidthIsWhatTheLauncherOrTheShellSays() {
        assertEquals(63, Console.columns(Map.of("MEDGS_COLUMNS", "63", "COLUMNS", "70")));
        assertEquals(40, Console.columns(Map.of("MEDGS_COLUMNS", "", "COLUMNS", "40")));
        assertEquals(20, Console.columns(Map.of("COLUMNS", "3")));
        assertEquals(80, Console.columns(Map.of("MEDGS_COLUMNS", "0", "COLUMNS", "wide")));
    }

    @Test
    void aDumbTerminalHasNoColoursUnlessTheyAreAskedFor() {
        assertTrue(Color.AUTO.isOn(true, Map.of("TERM", "xterm", "NO_COLOR", "")));
        assertFalse(Color.AUTO.isOn(true, Map.of("TERM", "dumb")));
        assertFalse(Color.AUTO.isOn(true, Map.of("NO_COLOR", "1")));
        assertTrue(Color.ALWAYS.isOn(false, Map.of("TERM", "dumb", "NO_COLOR", "1")));
    }

    @Test
    void outputThatCannotBeWrittenIsNoSuccess() throws Exception {
        assumeTrue(Files.exists(Path.of("/dev/full")), "no /dev/full on this machine");
        Path errors = folder.resolve("errors.txt");
        Process process = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-cp",
                System.getProperty("java.class.path"), "io.github.medgs.cli.Main", "info", "sample-volumes/kidney-mask.nii.gz")
                .redirectOutput(Path.of("/dev/full").toFile()).redirectError(errors.toFile()).start();
        assertEquals(1, process.waitFor());
        assertTrue(Files.readString(errors).contains("standard output cannot be written: No space left"), Files.readString(errors));
    }

    @Test
    void aWrongOptionSaysWhereItsCommandIsExplained() throws Exception {
        for (List<String> words : List.of(List.of("evaluate", "tables"), List.of("cohort", "status"), List.of("mesh"))) {
            String errors = said(words, "--nope");
            assertTrue(errors.contains("; see medgs " + String.join(" ", words) + " --help"), errors);
        }
    }

    @Test
    void helpKnowsTheCommandsOfACommand() {
        for (List<String> words : List.of(List.of("evaluate", "tables"), List.of("evaluate"), List.<String>of())) {
            assertEquals(said(words, "--help"), said(List.of("help"), words.toArray(String[]::new)));
        }
        assertTrue(said(List.of("help"), "tables").contains("'tables'; see medgs help"), said(List.of("help"), "tables"));
        assertTrue(said(List.of("help"), "evaluate", "x").contains("'x'; see medgs evaluate --help"));
    }

    private static String said(List<String> words, String... more) {
        StringWriter said = new StringWriter();
        List<String> all = new ArrayList<>(words);
        all.addAll(List.of(more));
        PrintWriter writer = new PrintWriter(said);
        Main.commandLine().setErr(writer).setOut(writer).execute(all.toArray(String[]::new));
        return said.toString();
    }
}
