package io.github.medgs;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/**
 * What a file may never do: choose which class is made of it. No JSON reader here has polymorphic typing, and none can
 * get it unnoticed; see also {@link HouseTest} on Java's own serialisation.
 */
@AnalyzeClasses(packages = "io.github.medgs", importOptions = ImportOption.DoNotIncludeTests.class)
class SecurityTest {

    @ArchTest
    static final ArchRule noTypeNamesInJson = noClasses()
            .should().dependOnClassesThat().resideInAPackage("com.fasterxml.jackson.databind.jsontype..")
            .orShould().dependOnClassesThat().haveFullyQualifiedName("com.fasterxml.jackson.annotation.JsonTypeInfo")
            .orShould().dependOnClassesThat().haveFullyQualifiedName(
                    "com.fasterxml.jackson.databind.ObjectMapper$DefaultTyping");

    @ArchTest
    static final ArchRule noDefaultTyping = noClasses()
            .should().callMethodWhere(com.tngtech.archunit.core.domain.JavaCall.Predicates.target(
                    com.tngtech.archunit.core.domain.properties.HasName.Predicates.nameMatching(
                            "(activate|enable)DefaultTyping.*|polymorphicTypeValidator")));

    @ArchTest
    static final ArchRule noProcessesAreStarted = noClasses()
            .should().dependOnClassesThat().areAssignableTo(ProcessBuilder.class)
            .orShould().callMethod(Runtime.class, "exec", String.class);
}
