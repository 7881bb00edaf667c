using System.Collections;
using System.Globalization;
using System.Resources;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.Localization;
using Qhana.Registry.Endpoints.Pages;

namespace Qhana.Registry.Tests.Operating;

/// <summary>The texts of the pages, and how they are put into HTML.</summary>
public sealed class PageTextTests
{
    private const string Evil = "<script>alert('x')</script> & \"more\"";

    [Fact]
    public void Every_Text_Is_There_In_Both_Languages()
    {
        var english = Texts(CultureInfo.InvariantCulture);
        var german = Texts(CultureInfo.GetCultureInfo("de"));

        Assert.NotEmpty(english);
        Assert.Equal(english.Keys.Order(StringComparer.Ordinal), german.Keys.Order(StringComparer.Ordinal));
        Assert.All(english.Concat(german), text => Assert.False(string.IsNullOrWhiteSpace(text.Value), text.Key));
        // Not copied: whole sentences differ.
        Assert.All(english.Where(t => t.Value.Contains(' ') && t.Key != "Product"), text => Assert.NotEqual(text.Value, german[text.Key]));
    }

    [Fact]
    public void Everything_In_A_Page_Is_Escaped()
    {
        var page = new HtmlPage(new Echo(), "/a\"b<c>", Evil)
            .Paragraph(Evil)
            .LinkList((Evil, Evil))
            .Table([Evil], [[Evil], ["https://link.test/?a=1&b=\"<script>"]]);

        var html = ((ContentHttpResult)page.ToResult()).ResponseContent!;

        Assert.DoesNotContain("<script", html, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("\"more\"", html, StringComparison.Ordinal);
        // Title, heading, paragraph, link text and target, column heading, cell.
        Assert.Equal(7, html.Split("&lt;script&gt;alert(&#x27;x&#x27;)&lt;/script&gt; &amp; &quot;more&quot;").Length - 1);
        Assert.Contains("href=\"https://link.test/?a=1&amp;b=&quot;&lt;script&gt;\"", html, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("https://link.test/", true)]
    [InlineData("javascript:alert(1)", false)]
    [InlineData("no link", false)]
    public void Only_Addresses_On_The_Web_Become_Links(string cell, bool isLink)
    {
        var page = new HtmlPage(new Echo(), "", "Title").Table(["Heading"], [[cell]]);

        var html = ((ContentHttpResult)page.ToResult()).ResponseContent!;

        Assert.Contains(cell, html, StringComparison.Ordinal);
        Assert.Equal(isLink, html.Contains($"href=\"{cell}\"", StringComparison.Ordinal));
    }

    private static Dictionary<string, string> Texts(CultureInfo culture) =>
        new ResourceManager(typeof(PageText)).GetResourceSet(culture, createIfNotExists: true, tryParents: false)!
            .Cast<DictionaryEntry>().ToDictionary(t => (string)t.Key, t => (string)t.Value!);

    /// <summary>Texts that are their names.</summary>
    private sealed class Echo : IStringLocalizer<PageText>
    {
        public LocalizedString this[string name] => new(name, name);

        public LocalizedString this[string name, params object[] arguments] => this[name];

        public IEnumerable<LocalizedString> GetAllStrings(bool includeParentCultures) => [];
    }
}
