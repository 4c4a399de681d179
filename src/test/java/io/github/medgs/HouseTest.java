package io.github.medgs;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.classfile.ClassFile;
import java.lang.classfile.CodeModel;
import java.lang.classfile.Instruction;
import java.lang.classfile.MethodModel;
import java.util.ArrayList;
import java.util.List;

/** Which room may know which. */
@AnalyzeClasses(packages = "io.github.medgs", importOptions = ImportOption.DoNotIncludeTests.class)
class HouseTest {

    private static final String ROOT = "io.github.medgs";

    @ArchTest
    static final ArchRule kernelsKnowNothing = classes().that().resideInAPackage(ROOT + ".kernel..")
            .should().onlyDependOnClassesThat().resideInAnyPackage(ROOT + ".kernel..", "java.lang..");

    /** What a device computes is the kernels' own arithmetic, in single precision; so do all engines. */
    @ArchTest
    static final ArchRule kernelsUseNeitherMathNorDouble = classes().that().resideInAPackage(ROOT + ".kernel..")
            .should(new ArchCondition<>("use neither java.lang.Math nor double precision") {
                @Override
                public void check(JavaClass kernel, ConditionEvents events) {
                    kernel.getDirectDependenciesFromSelf().stream()
                            .filter(d -> d.getTargetClass().getSimpleName().matches("(Strict)?Math|Double"))
                            .forEach(d -> events.add(SimpleConditionEvent.violated(kernel, d.getDescription())));
                    doublesIn(kernel).forEach(use -> events.add(SimpleConditionEvent.violated(kernel, use)));
                }
            });

    @ArchTest
    static final ArchRule filesKnowNothingOfOurs = room("files");

    @ArchTest
    static final ArchRule workersKnowNothingOfOurs = room("parallel");

    @ArchTest
    static final ArchRule volumesKnowFiles = room("volume", "files");

    @ArchTest
    static final ArchRule codersKnowNothingOfOurs = room("coding");

    @ArchTest
    static final ArchRule modelsKnowTheirLayoutAndWhatTheyWereLearntFrom =
            room("model", "kernel", "files", "volume", "coding");

    @ArchTest
    static final ArchRule enginesKnowKernelsModelsVolumes = room("engine", "kernel", "model", "volume");

    @ArchTest
    static final ArchRule whatLiesBetweenSlicesKnowsSlices = room("interslice", "volume", "kernel", "parallel");

    /** An engine's part is small: Adam's constants, whether vectors are compiled here, a network's plan on a device. */
    @ArchTest
    static final ArchRule networksKnowWorkers = room("neural", "kernel", "parallel", "engine");

    @ArchTest
    static final ArchRule trainingKnowsEngines =
            room("training", "engine", "model", "volume", "kernel", "files", "interslice", "parallel");

    @ArchTest
    static final ArchRule surfacesKnowEnginesAndVolumes = room("surface", "engine", "volume", "kernel", "files", "parallel");

    @ArchTest
    static final ArchRule trustKnowsWhatLiesBetweenSlicesAndWhatDrawsIt =
            room("trust", "interslice", "engine", "model", "volume", "surface", "parallel");

    @ArchTest
    static final ArchRule pagesKnowFiles = room("page", "files");

    @ArchTest
    static final ArchRule evaluationKnowsAllBelowARun = room("evaluation", "page", "engine", "model", "volume", "kernel", "files",
            "surface", "parallel", "interslice", "training", "trust", "neural");

    @ArchTest
    static final ArchRule runsKnowAllButTheCommandLine = room("reconstruction", "page", "engine", "model", "volume", "kernel",
            "files", "surface", "parallel", "interslice", "training", "evaluation", "trust");

    @ArchTest
    static final ArchRule cohortsKnowRuns = room("cohort", "reconstruction", "files", "model");

    @ArchTest
    static final ArchRule viewsKnowWhatTheyShow = room("view", "engine", "model", "volume", "kernel", "surface",
            "training", "trust", "reconstruction", "edit");


    @ArchTest
    static final ArchRule aDevicesReportKnowsEnginesAndTraining =
            room("benchmark", "engine", "training", "kernel", "model", "volume", "files");

    @ArchTest
    static final ArchRule editsKnowModelsAndVolumes = room("edit", "model", "volume", "kernel", "interslice");

    @ArchTest
    static final ArchRule nobodyKnowsTheCommandLine = noClasses().that().resideOutsideOfPackage(ROOT + ".cli..")
            .should().dependOnClassesThat().resideInAPackage(ROOT + ".cli..");

    @ArchTest
    static final ArchRule onlyOneRoomImportsTornadoVm = noClasses()
            .that().resideOutsideOfPackage(ROOT + ".engine.tornado..")
            .should().dependOnClassesThat().resideInAPackage("uk.ac.manchester.tornado..");

    @ArchTest
    static final ArchRule onlyTwoRoomsImportTheVectorApi = noClasses()
            .that().resideOutsideOfPackages(ROOT + ".engine.vector..", ROOT + ".neural.vector..")
            .should().dependOnClassesThat().resideInAPackage("jdk.incubator.vector..");

    @ArchTest
    static final ArchRule noRoomUsesJavasOwnSerialisation = noClasses()
            .should().dependOnClassesThat().haveFullyQualifiedName("java.io.ObjectInputStream");

    /** What makes them for itself goes by way of a temporary file. */
    @ArchTest
    static final ArchRule picturesAreMadeInMemory = noClasses().that().doNotHaveFullyQualifiedName(ROOT + ".files.Png")
            .should().callMethodWhere(DescribedPredicate.describe("it makes or reads a picture",
                    call -> call.getTargetOwner().getName().matches("javax.imageio.ImageIO|org.knowm.xchart.BitmapEncoder")
                            && call.getName().matches("write|read|create.*|save.*|getBitmapBytes")));

    @ArchTest
    static final ArchRule packagesHaveNoCycles = slices().matching(ROOT + ".(**)").should().beFreeOfCycles();

    /** ArchUnit sees no instructions; Java's own class files do. */
    private static List<String> doublesIn(JavaClass kernel) {
        List<String> uses = new ArrayList<>();
        try (InputStream bytes = kernel.getSource().orElseThrow().getUri().toURL().openStream()) {
            for (MethodModel method : ClassFile.of().parse(bytes.readAllBytes()).methods()) {
                boolean takesDouble = method.methodType().stringValue().replaceAll("L[^;]+;", "").contains("D");
                method.code().stream().flatMap(CodeModel::elementStream)
                        .map(element -> element instanceof Instruction i ? i.opcode().name() : "")
                        .filter(name -> takesDouble || name.matches("D(?!UP).*|[IFL]2D")).distinct()
                        .forEach(name -> uses.add(kernel.getName() + "." + method.methodName() + " has " + name));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return uses;
    }

    private static ArchRule room(String name, String... known) {
        String[] allowed = new String[known.length + 1];
        allowed[0] = ROOT + "." + name + "..";
        for (int i = 0; i < known.length; i++) {
            allowed[i + 1] = ROOT + "." + known[i] + "..";
        }
        return noClasses().that().resideInAPackage(ROOT + "." + name + "..")
                .should().dependOnClassesThat(
                        JavaClass.Predicates.resideInAPackage(ROOT + ".(*)..")
                                .and(DescribedPredicate.not(JavaClass.Predicates.resideInAnyPackage(allowed))));
    }
}
