package org.lockstep.engine;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

class EngineArchitectureTest
{
    private static final JavaClasses CLASSES = new ClassFileImporter()
        .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS).importPackages("org.lockstep.engine");

    @Test
    void shouldKnowNeitherNetworkNorJournal()
    {
        noClasses().should().dependOnClassesThat().resideInAnyPackage(
                "io.netty..", "net.openhft..", "org.lockstep.gateway..", "org.lockstep.journal..",
                "org.lockstep.tools..", "com.fasterxml..", "java.net..", "java.nio.file..")
            .because("the engine is the domain and imports nobody").check(CLASSES);
    }

    @Test
    void shouldKnowThreadsAndRingOnlyInPipeline()
    {
        noClasses().that().resideOutsideOfPackage("..engine.pipeline..")
            .should().dependOnClassesThat().resideInAnyPackage("com.lmax..", "java.util.concurrent..")
            .because("one thread runs the deterministic core, and only the pipeline knows which").check(CLASSES);
    }

    @Test
    void shouldKeepDomainFreeOfBots()
    {
        noClasses().that().resideInAnyPackage("..engine.order..", "..engine.position..", "..engine.risk..",
                "..engine.book..", "..engine.bar..", "..engine.indicator..", "..engine.instrument..",
                "..engine.market..", "..engine.timer..", "..engine.event..")
            .should().dependOnClassesThat().resideInAnyPackage("..engine.bot..", "..engine.strategy..",
                "..engine.paper..", "..engine.execution..")
            .because("arrows point from bots to the domain").check(CLASSES);
    }

    @Test
    void shouldKeepStrategiesAwayFromEngineRoom()
    {
        noClasses().that().resideInAPackage("..engine.strategy..")
            .should().dependOnClassesThat().resideInAnyPackage("..engine.bot..", "..engine.paper..",
                "..engine.execution..", "..engine.pipeline..", "..engine.timer..", "..engine.market..")
            .because("a strategy acts through its context and nothing else").check(CLASSES);
    }
}
