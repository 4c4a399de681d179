package io.github.medgs.engine.tornado;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.Serializable;
import java.lang.reflect.Constructor;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Holds every signature in src/tornado-api to TornadoVM's own class: a jar built without the SDK must link to it. */
class ApiSignaturesTest {

    private static final Path SOURCES = Path.of("src", "tornado-api", "java");

    @TempDir
    Path compiled;

    @Test
    void everySignatureIsTheRealOne() throws IOException, ReflectiveOperationException {
        Launcher.requireOrSkip();
        List<String> names = compile();
        List<String> differences = new ArrayList<>();
        try (URLClassLoader signatures = new URLClassLoader(
                new URL[] {compiled.toUri().toURL()}, ClassLoader.getPlatformClassLoader())) {
            for (String name : names) {
                compare(signatures.loadClass(name), Class.forName(name, false, getClass().getClassLoader()), differences);
            }
        }
        assertTrue(names.size() > 20, names.toString());
        assertEquals(List.of(), differences);
    }

    /** TornadoVM from 6.0 on asks a task's lambda for its serialised form, which the compiler makes for such shapes alone. */
    @Test
    void everyTaskSaysWhichMethodItIs() throws IOException {
        for (String plan : List.of("StepPlan", "Drawing", "IsosurfacePlan")) {
            // Read as bytes: without TornadoVM the class does not load.
            byte[] type = Files.readAllBytes(
                    Path.of("target", "classes", "io", "github", "medgs", "engine", "tornado", "plan", plan + ".class"));
            assertTrue(new String(type, StandardCharsets.ISO_8859_1).contains("$deserializeLambda$"), plan);
        }
    }

    @Test
    void noneOfThemIsAmongOurClasses() {
        assertFalse(Files.exists(Path.of("target", "classes", "uk")));
        assertFalse(Files.exists(Path.of("target", "test-classes", "uk")));
    }

    private List<String> compile() throws IOException {
        List<String> files;
        try (Stream<Path> walk = Files.walk(SOURCES)) {
            files = walk.map(Path::toString).filter(file -> file.endsWith(".java")).toList();
        }
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        List<String> arguments = new ArrayList<>(List.of("-proc:none", "-nowarn", "-d", compiled.toString()));
        arguments.addAll(files);
        assertEquals(0, compiler.run(null, null, null, arguments.toArray(String[]::new)));
        try (Stream<Path> walk = Files.walk(compiled)) {
            return walk.filter(file -> file.toString().endsWith(".class"))
                    .map(file -> compiled.relativize(file).toString())
                    .filter(file -> !file.endsWith("package-info.class"))
                    .map(file -> file.substring(0, file.length() - ".class".length()).replace('/', '.'))
                    .toList();
        }
    }

    private static void compare(Class<?> ours, Class<?> theirs, List<String> differences) {
        String name = ours.getName();
        differ(differences, name + " interface", ours.isInterface(), theirs.isInterface());
        differ(differences, name + " enum", ours.isEnum(), theirs.isEnum());
        if (!ours.isInterface() && !Throwable.class.isAssignableFrom(ours)) {
            differ(differences, name + " superclass", ours.getSuperclass().getName(), theirs.getSuperclass().getName());
        }
        for (Class<?> type : ours.getInterfaces()) {
            boolean has = Stream.of(theirs.getInterfaces()).anyMatch(t -> t.getName().equals(type.getName()));
            // Of releases before 6.0 the tasks' shapes are not serialisable; what is compiled against ours runs on either.
            boolean mayLack = type == Serializable.class || name.endsWith("AbstractWorkerGrid");
            differ(differences, name + " is a " + type.getName(), true, has || mayLack);
        }
        for (Method method : ours.getDeclaredMethods()) {
            if (Modifier.isPublic(method.getModifiers()) && !method.isSynthetic() && !ours.isEnum()) {
                compareMethod(method, theirs, differences);
            }
        }
        for (Constructor<?> constructor : ours.getConstructors()) {
            boolean has = Stream.of(theirs.getConstructors())
                    .anyMatch(c -> names(c.getParameterTypes()).equals(names(constructor.getParameterTypes())));
            differ(differences, "constructor " + constructor, true, has);
        }
        for (Field field : ours.getDeclaredFields()) {
            if (Modifier.isPublic(field.getModifiers())) {
                compareField(field, theirs, differences);
            }
        }
    }

    private static void compareMethod(Method method, Class<?> theirs, List<String> differences) {
        boolean has = Stream.of(theirs.getMethods()).anyMatch(m -> m.getName().equals(method.getName())
                && names(m.getParameterTypes()).equals(names(method.getParameterTypes()))
                && m.getReturnType().getName().equals(method.getReturnType().getName())
                && Modifier.isStatic(m.getModifiers()) == Modifier.isStatic(method.getModifiers())
                && m.isVarArgs() == method.isVarArgs()
                && names(m.getExceptionTypes()).equals(names(method.getExceptionTypes())));
        differ(differences, "method " + method, true, has);
    }

    private static void compareField(Field field, Class<?> theirs, List<String> differences) {
        try {
            Field real = theirs.getField(field.getName());
            differ(differences, "type of " + field, field.getType().getName(), real.getType().getName());
            differ(differences, "static " + field, Modifier.isStatic(field.getModifiers()),
                    Modifier.isStatic(real.getModifiers()));
            if (field.getType() == int.class) {
                // A constant is compiled into our classes.
                differ(differences, "value of " + field, field.getInt(null), real.getInt(null));
            }
        } catch (ReflectiveOperationException e) {
            differences.add("no field " + field);
        }
    }

    private static List<String> names(Class<?>[] types) {
        return Arrays.stream(types).map(Class::getName).toList();
    }

    private static void differ(List<String> differences, String what, Object ours, Object theirs) {
        if (!ours.equals(theirs)) {
            differences.add(what + ": " + ours + " here, " + theirs + " there");
        }
    }
}
