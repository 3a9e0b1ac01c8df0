package org.lockstep.gateway.client;

import static org.junit.jupiter.api.Assertions.assertFalse;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Playwright;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** One browser for the tests of a class; skips them, or fails in CI, when there is none. */
final class Chromium implements BeforeAllCallback, AfterAllCallback
{
    private static final String[] PLACES =
    {
        "/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome", "/usr/bin/google-chrome-stable"
    };

    private Playwright playwright;
    private Browser browser;

    @Override
    public void beforeAll(final ExtensionContext context)
    {
        final Path executable = executable();
        assertFalse(null == executable && "true".equals(System.getenv("CI")), "CI must have Chromium installed");
        Assumptions.assumeTrue(null != executable, "skipped: Chromium is not installed");
        playwright = Playwright.create(new Playwright.CreateOptions()
            .setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
        browser = playwright.chromium().launch(new BrowserType.LaunchOptions()
            .setExecutablePath(executable)
            .setArgs(List.of("--no-sandbox", "--disable-gpu", "--disable-background-networking")));
    }

    @Override
    public void afterAll(final ExtensionContext context)
    {
        if (null != playwright)
        {
            playwright.close();
        }
    }

    Browser browser()
    {
        return browser;
    }

    private static Path executable()
    {
        for (final String candidate : PLACES)
        {
            if (Files.isExecutable(Path.of(candidate)))
            {
                return Path.of(candidate);
            }
        }
        return null;
    }
}
