package org.lockstep.journal;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

class JournalArchitectureTest
{
    private final JavaClasses classes = new ClassFileImporter()
        .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS).importPackages("org.lockstep.journal");

    @Test
    void shouldKnowNeitherGatewayNorToolsNorNetty()
    {
        noClasses().should().dependOnClassesThat()
            .resideInAnyPackage("org.lockstep.gateway..", "org.lockstep.tools..", "io.netty..").check(classes);
    }

    @Test
    void shouldReadWithoutChronicle()
    {
        noClasses().that().resideInAnyPackage("..journal.read..", "..journal.replay..", "..journal.inspect..")
            .should().dependOnClassesThat().resideInAnyPackage("net.openhft..").check(classes);
    }

    @Test
    void shouldReadWithoutTheWriter()
    {
        noClasses().that().resideInAnyPackage("..journal.read..", "..journal.inspect..")
            .should().dependOnClassesThat().resideInAnyPackage("..journal.write..", "..journal.replay..")
            .check(classes);
    }
}
