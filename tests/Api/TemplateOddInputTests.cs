using Qhana.Registry.Tests.Support;
using static Qhana.Registry.Tests.Support.TemplateRequests;

namespace Qhana.Registry.Tests.Api;

/// <summary>Whatever a client sends, it is the client's mistake or it is accepted: never 5xx.</summary>
public sealed class TemplateOddInputTests(RegistryApp app) : IClassFixture<RegistryApp>
{
    private const string TabFields = "\"description\":\"\",\"location\":\"workspace\",\"sortKey\":1,\"filterString\":\"\"";

    [Theory]
    [InlineData("""{"name":"\ud800","description":"","tags":[]}""", "name")]
    [InlineData("""{"name":"a\udc00b","description":"","tags":[]}""", "name")]
    [InlineData("""{"name":"x","description":"\ud83d\ud83d","tags":[]}""", "description")]
    [InlineData("""{"name":"x","description":"","tags":["a","\udfff"]}""", "tags")]
    [InlineData("{\"name\":\"\u00ff\",\"description\":\"\",\"tags\":[]}", "name")]
    [InlineData("{\"name\":\"\u00ed\u00a0\u0080\",\"description\":\"\",\"tags\":[]}", "name")]
    public async Task A_Template_With_A_Value_That_Is_No_Unicode_Returns_422(string body, string field)
    {
        var added = await app.SendBytesAsync(HttpMethod.Post, "/api/templates/", Bytes(body));

        Assert.Equal((422, "application/problem+json"), (added.Code, added.ContentType));
        Assert.Equal([field], added.ErrorFields);
    }

    [Theory]
    [InlineData("{\"name\":\"x\",\"description\":\"\",\"tags\":[],\"\\ud800\":1}")]
    [InlineData("{\"\\udc00name\":\"x\",\"description\":\"\",\"tags\":[]}")]
    [InlineData("{\"name\":\"x\",\"description\":\"\",\"tags\":[],\"\u00ff\":1}")]
    [InlineData("{\"\\ud800\":1}")]
    [InlineData("{\"\u00ff\":1}")]
    public async Task A_Field_Whose_Name_Is_No_Unicode_Is_An_Error_Of_The_Client(string body)
    {
        var template = await app.AddTemplateAsync();
        var tab = await app.AddTabAsync(template, Tab("x"));

        var answers = new[]
        {
            await app.SendBytesAsync(HttpMethod.Post, "/api/templates/", Bytes(body)),
            await app.SendBytesAsync(HttpMethod.Put, template, Bytes(body)),
            await app.SendBytesAsync(HttpMethod.Post, $"{template}tabs/", Bytes(body)),
            await app.SendBytesAsync(HttpMethod.Put, tab, Bytes(body)),
        };

        Assert.All(answers.Select(a => a.Code), code => Assert.InRange(code, 400, 422));
        Assert.All(answers.Select(a => a.ContentType), type => Assert.Equal("application/problem+json", type));
    }

    [Theory]
    [InlineData("name")]
    [InlineData("description")]
    [InlineData("icon")]
    [InlineData("location")]
    [InlineData("groupKey")]
    [InlineData("filterString")]
    public async Task A_Tab_With_A_Value_That_Is_No_Unicode_Returns_422(string field)
    {
        var template = await app.AddTemplateAsync();
        var wrong = Tab("x", "", tab => tab[field] = "REPLACED").ToJsonString();

        var half = await app.SendBytesAsync(
            HttpMethod.Post, $"{template}tabs/", Bytes(wrong.Replace("REPLACED", "\\ud800", StringComparison.Ordinal)));
        var bytes = await app.SendBytesAsync(
            HttpMethod.Post, $"{template}tabs/", Bytes(wrong.Replace("REPLACED", "ÿ", StringComparison.Ordinal)));

        Assert.Equal((422, 422), (half.Code, bytes.Code));
        Assert.Equal((field, field), (Assert.Single(half.ErrorFields), Assert.Single(bytes.ErrorFields)));
    }

    [Theory]
    [InlineData("[", "")]
    [InlineData("{\"name\":", "")]
    [InlineData("[", "]")]
    public async Task A_Body_That_Is_Nested_100000_Deep_Returns_400(string open, string close)
    {
        var template = await app.AddTemplateAsync();
        var deep = Deep(open, close);

        var alone = await app.SendTextAsync(HttpMethod.Post, "/api/templates/", deep);
        var asField = await app.SendTextAsync(HttpMethod.Post, $"{template}tabs/", $$"""{"name":{{deep}},{{TabFields}}}""");

        Assert.Equal((400, 400), (alone.Code, asField.Code));
    }

    [Theory]
    [InlineData("[", "]")]
    [InlineData("{\"and\":[", "]}")]
    [InlineData("{\"not\":", "}")]
    public async Task A_Filter_That_Is_Nested_Deep_Returns_422(string open, string close)
    {
        var template = await app.AddTemplateAsync();

        foreach (var depth in (int[])[33, 1_000, 30_000])
        {
            var filter = Deep(open, close, depth);
            var added = await app.PostAsync($"{template}tabs/", Tab("x", filter));

            Assert.Equal((depth, 422), (depth, added.Code));
            Assert.Equal(["filterString"], added.ErrorFields);
        }
    }

    [Fact]
    public async Task A_Number_With_100000_Digits_Returns_422()
    {
        var template = await app.AddTemplateAsync();
        var number = new string('9', 100_000);

        var tab = await app.SendTextAsync(
            HttpMethod.Post, $"{template}tabs/",
            $$"""{"name":"x","description":"","location":"workspace","filterString":"","sortKey":{{number}}}""");
        var text = await app.PostAsync($"{template}tabs/", Tab("x", "", t => t["sortKey"] = number));

        Assert.Equal((422, 422), (tab.Code, text.Code));
        Assert.Equal((tab.ErrorFields[0], text.ErrorFields[0]), ("sortKey", "sortKey"));
    }

    [Fact]
    public async Task A_Body_Of_More_Than_A_Mebibyte_Returns_413_And_A_Smaller_One_Is_Taken()
    {
        var large = Template("x", new string('d', 1_000_000));
        var tooLarge = Template("x", new string('d', 1 << 20));

        var taken = await app.PostAsync("/api/templates/", large);
        var refused = await app.PostAsync("/api/templates/", tooLarge);

        Assert.Equal((200, 413), (taken.Code, refused.Code));
        Assert.Equal(1_000_000, ((string)taken.Embedded[0]["data"]!["description"]!).Length);
    }

    [Theory]
    [InlineData("\0")]
    [InlineData("a\0b")]
    [InlineData("\uffff\ufffe")]
    [InlineData("\u202e\u0000\u001f\u007f")]
    [InlineData("'; DROP TABLE ui_template; --")]
    [InlineData("%_@name:\"\\")]
    [InlineData("🏳️‍🌈 e\u0301")]
    public async Task Any_Text_Comes_Back_As_It_Was_Given(string text)
    {
        var template = await app.PostAsync("/api/templates/", Template(text, text, text));
        var tab = await app.AddTabAsync((string)template.Data["new"]!["href"]!, Tab(text, "", t =>
        {
            foreach (var field in (string[])["description", "icon", "location"])
                t[field] = text;
        }));

        var shown = await app.GetAsync(tab);
        var again = await app.GetAsync((string)template.Data["new"]!["href"]!);

        Assert.Equal((text, text), ((string)again.Data["name"]!, (string)again.Data["tags"]![0]!));
        Assert.All(
            (string[])["name", "description", "icon", "location"], field => Assert.Equal(text, (string)shown.Data[field]!));
        Assert.Equal([text], (await app.GetAsync((string)again.Data["groups"]![0]!["href"]!)).ItemNames);
    }

    [Fact]
    public async Task Of_A_Field_That_Is_Given_Twice_The_Last_Counts()
    {
        var added = await app.SendTextAsync(
            HttpMethod.Post, "/api/templates/", """{"name":"first","description":"","tags":[],"na\u006de":"last"}""");

        Assert.Equal(200, added.Code);
        Assert.Equal("last", (string)added.Embedded[0]["data"]!["name"]!);
    }

    [Theory]
    [InlineData("?group=%FF")]
    [InlineData("?group=%00")]
    [InlineData("?group=%ED%A0%80")]
    [InlineData("?group=a&group=b")]
    [InlineData("?group")]
    [InlineData("?=x&&&")]
    [InlineData("?%ff=1")]
    public async Task An_Odd_Query_Is_Answered(string query)
    {
        var template = await app.AddTemplateAsync();

        var tabs = await app.GetAsync($"{template}tabs/{query}");
        var templates = await app.GetAsync($"/api/templates/{query}");

        Assert.Equal((200, 200), (tabs.Code, templates.Code));
        Assert.Equal("application/json", tabs.ContentType);
    }

    private static string Deep(string open, string close, int depth = 100_000) =>
        string.Concat(Enumerable.Repeat(open, depth)) + string.Concat(Enumerable.Repeat(close, depth));
}
