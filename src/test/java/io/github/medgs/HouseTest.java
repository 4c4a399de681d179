package io.github.medgs;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** Which room may know which. */
@AnalyzeClasses(packages = "io.github.medgs", importOptions = ImportOption.DoNotIncludeTests.class)
class HouseTest {

    private static final String ROOT = "io.github.medgs";

    @ArchTest
    static final ArchRule kernelsKnowNothing = classes().that().resideInAPackage(ROOT + ".kernel..")
            .should().onlyDependOnClassesThat().resideInAnyPackage(ROOT + ".kernel..", "java.lang..");

    @ArchTest
    static final ArchRule filesKnowNothingOfOurs = room("files");

    @ArchTest
    static final ArchRule workersKnowNothingOfOurs = room("parallel");

    @ArchTest
    static final ArchRule volumesKnowFiles = room("volume", "files");

    @ArchTest
    static final ArchRule modelsKnowTheirLayoutAndWhatTheyWereLearntFrom = room("model", "kernel", "files", "volume");

    @ArchTest
    static final ArchRule enginesKnowKernelsModelsVolumes = room("engine", "kernel", "model", "volume");

    @ArchTest
    static final ArchRule trainingKnowsEngines =
            room("training", "engine", "model", "volume", "kernel", "files", "surface", "parallel");

    @ArchTest
    static final ArchRule surfacesKnowEnginesAndVolumes = room("surface", "engine", "volume", "kernel", "files", "parallel");

    @ArchTest
    static final ArchRule evaluationKnowsAllBelowARun =
            room("evaluation", "engine", "model", "volume", "kernel", "files", "surface", "parallel", "training");

    @ArchTest
    static final ArchRule runsKnowAllButTheCommandLine = room("reconstruction", "engine", "model", "volume", "kernel",
            "files", "surface", "parallel", "training", "evaluation");

    @ArchTest
    static final ArchRule nobodyKnowsTheCommandLine = noClasses().that().resideOutsideOfPackage(ROOT + ".cli..")
            .should().dependOnClassesThat().resideInAPackage(ROOT + ".cli..");

    @ArchTest
    static final ArchRule onlyOneRoomImportsTornadoVm = noClasses()
            .that().resideOutsideOfPackage(ROOT + ".engine.tornado..")
            .should().dependOnClassesThat().resideInAPackage("uk.ac.manchester.tornado..");

    @ArchTest
    static final ArchRule onlyOneRoomImportsTheVectorApi = noClasses()
            .that().resideOutsideOfPackage(ROOT + ".engine.vector..")
            .should().dependOnClassesThat().resideInAPackage("jdk.incubator.vector..");

    @ArchTest
    static final ArchRule noRoomUsesJavasOwnSerialisation = noClasses()
            .should().dependOnClassesThat().haveFullyQualifiedName("java.io.ObjectInputStream");

    @ArchTest
    static final ArchRule packagesHaveNoCycles = slices().matching(ROOT + ".(**)").should().beFreeOfCycles();

    private static ArchRule room(String name, String... known) {
        String[] allowed = new String[known.length + 1];
        allowed[0] = ROOT + "." + name + "..";
        for (int i = 0; i < known.length; i++) {
            allowed[i + 1] = ROOT + "." + known[i] + "..";
        }
        return noClasses().that().resideInAPackage(ROOT + "." + name + "..")
                .should().dependOnClassesThat(
                        com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage(ROOT + ".(*)..")
                                .and(com.tngtech.archunit.base.DescribedPredicate.not(
                                        com.tngtech.archunit.core.domain.JavaClass.Predicates
                                                .resideInAnyPackage(allowed))));
    }
}
