package io.github.ntm4j.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Links to the studio that stand on pages of others. */
final class LinkTest {
    private static final String VIEW = "#view=machine&model=models/copy-ntm-lstm&at=length=7";

    @RegisterExtension
    static final Browsing browsing = new Browsing(StudioSite::withoutRuns);

    /** Serves a page of somebody else. */
    private static HttpServer stranger(String html) throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            byte[] page = ("<!doctype html><title>x</title><link rel=icon href=data:,>" + html).getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().add("Content-Type", "text/html");
            exchange.sendResponseHeaders(200, page.length);
            exchange.getResponseBody().write(page);
            exchange.close();
        });
        server.start();
        return server;
    }

    private static String studio(Tab tab) {
        URI address = URI.create(tab.page().url());
        return "http://" + address.getRawAuthority() + "/";
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " target=_blank", " target=_blank rel=noopener", " rel=noreferrer"})
    void a_link_on_another_page_opens_the_studio(String how) throws IOException {
        Tab tab = browsing.open("");
        tab.waitUntil("document.documentElement.dataset.computed > 0");
        HttpServer stranger = stranger("<a href='" + studio(tab) + VIEW + "'" + how + ">studio</a>");
        try {
            Page page = tab.page();
            page.navigate("http://localhost:" + stranger.getAddress().getPort() + "/");
            Page opened = how.contains("_blank")
                    ? page.context().waitForPage(() -> page.locator("a").click())
                    : page;
            if (opened == page) {
                page.locator("a").click();
            }
            assertThat(opened.locator("[data-figure='Wrong bits']")).hasText("0 of 56");
            assertThat(opened).hasTitle("copy-ntm-lstm, length 7 – Machine – ntm4j studio");
        } finally {
            stranger.stop(0);
        }
        assertThat(tab.takeFaults()).allMatch(fault -> fault.contains("asks another server: http://localhost:"));
    }

    @Test
    void another_page_learns_nothing_from_the_interface() throws IOException {
        Tab tab = browsing.open("");
        tab.waitUntil("document.documentElement.dataset.computed > 0");
        String models = studio(tab) + "api/models";
        HttpServer stranger = stranger("<a href='" + models + "'>models</a>");
        try {
            Page page = tab.page();
            page.navigate("http://localhost:" + stranger.getAddress().getPort() + "/");
            page.locator("a").click();
            assertThat(page.locator("body")).containsText("error");
            assertThat(page.locator("body")).not().containsText("copy-ntm-lstm");
        } finally {
            stranger.stop(0);
        }
        assertThat(tab.takeFaults()).isNotEmpty();
    }
}
