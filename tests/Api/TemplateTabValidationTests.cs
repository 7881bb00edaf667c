using System.Text.Json.Nodes;
using Qhana.Registry.Tests.Support;
using static Qhana.Registry.Tests.Support.TemplateRequests;

namespace Qhana.Registry.Tests.Api;

public sealed class TemplateTabValidationTests(RegistryApp app) : IClassFixture<RegistryApp>
{
    /// <summary>Each field with every kind of JSON value that it may not have.</summary>
    public static TheoryData<string, string> WrongValues()
    {
        var rows = new TheoryData<string, string>();
        foreach (var name in (string[])["name", "description", "icon", "location", "sortKey", "groupKey", "filterString"])
        {
            foreach (var value in (string[])["1.5", "true", "[]", "{}", name == "sortKey" ? "\"x\"" : "1"])
                rows.Add(name, value);
            if (name != "icon")
                rows.Add(name, "null");
        }

        return rows;
    }

    [Theory]
    [MemberData(nameof(WrongValues))]
    public async Task A_Tab_With_A_Wrong_Value_Returns_422_And_Names_The_Field(string field, string value)
    {
        var template = await app.AddTemplateAsync();
        var tab = await app.AddTabAsync(template, Tab("Before"));
        var wrong = Tab("After", "", t => t[field] = JsonNode.Parse(value));

        var added = await app.PostAsync($"{template}tabs/", wrong);
        var changed = await app.PutAsync(tab, wrong);

        Assert.Equal((422, "application/problem+json"), (added.Code, added.ContentType));
        Assert.Equal([field], added.ErrorFields);
        Assert.Equal((422, field), (changed.Code, Assert.Single(changed.ErrorFields)));
        Assert.Equal(["Before"], (await app.GetAsync($"{template}tabs/")).ItemNames);
    }

    [Theory]
    [InlineData("name", false)]
    [InlineData("description", false)]
    [InlineData("location", false)]
    [InlineData("sortKey", false)]
    [InlineData("filterString", false)]
    [InlineData("icon", true)]
    [InlineData("groupKey", true)]
    public async Task Only_Icon_And_Group_Key_May_Be_Missing(string field, bool mayBeMissing)
    {
        var template = await app.AddTemplateAsync();
        var tab = Tab("Mine");
        tab.Remove(field);

        var added = await app.PostAsync($"{template}tabs/", tab);

        Assert.Equal(mayBeMissing ? 200 : 422, added.Code);
        if (!mayBeMissing)
            Assert.Equal([field], added.ErrorFields);
    }

    [Theory]
    [InlineData("name", 255)]
    [InlineData("location", 255)]
    [InlineData("icon", 64)]
    [InlineData("groupKey", 32)]
    public async Task A_Field_May_Have_So_Many_Characters_And_No_More(string field, int limit)
    {
        var template = await app.AddTemplateAsync();

        var longest = await app.PostAsync($"{template}tabs/", OfLength(limit));
        var tooLong = await app.PostAsync($"{template}tabs/", OfLength(limit + 1));

        Assert.Equal((200, 422), (longest.Code, tooLong.Code));
        Assert.Equal([field], tooLong.ErrorFields);

        JsonObject OfLength(int length) => Tab("Mine", "", tab =>
        {
            tab["location"] = "navigation";
            tab[field] = string.Concat(Enumerable.Repeat("😀", length));
        });
    }

    [Theory]
    [InlineData("1", 1)]
    [InlineData("-5", -5)]
    [InlineData("\"7\"", 7)]
    [InlineData("1.0", 1)]
    [InlineData("1e3", 1000)]
    [InlineData("9223372036854775807", long.MaxValue)]
    [InlineData("-9223372036854775808", long.MinValue)]
    public async Task A_Sort_Key_Is_A_Whole_Number_However_It_Is_Written(string written, long expected)
    {
        var template = await app.AddTemplateAsync();

        var added = await app.PostAsync($"{template}tabs/", Tab("Mine", "", tab => tab["sortKey"] = JsonNode.Parse(written)));

        Assert.Equal(200, added.Code);
        Assert.Equal(expected, (long)added.Embedded[0]["data"]!["sortKey"]!);
    }

    [Theory]
    [InlineData("9223372036854775808")]
    [InlineData("1e400")]
    [InlineData("1e30")]
    [InlineData("-0.5")]
    [InlineData("\"\"")]
    [InlineData("\"1e3\"")]
    public async Task A_Sort_Key_That_Is_No_Whole_Number_Of_64_Bits_Returns_422(string written)
    {
        var template = await app.AddTemplateAsync();

        var added = await app.SendTextAsync(HttpMethod.Post, $"{template}tabs/", $$"""
            {"name": "x", "description": "d", "location": "workspace", "filterString": "", "sortKey": {{written}}}
            """);

        Assert.Equal(422, added.Code);
        Assert.Equal(["sortKey"], added.ErrorFields);
    }

    [Theory]
    [InlineData("{", "the text is not JSON")]
    [InlineData("[]", "a filter must be an object")]
    [InlineData("\"s\"", "a filter must be an object")]
    [InlineData("""{"nope": 1}""", "'nope'")]
    [InlineData("""{"tag": "a", "id": "b"}""", "a filter has one key")]
    [InlineData("""{"and": {}}""", "and: ")]
    [InlineData("""{"or": [{"zzz": 1}]}""", "or[0]: ")]
    [InlineData("""{"tag": 5}""", "tag: ")]
    [InlineData("""{"not": 5}""", "not: ")]
    [InlineData("""{"and": [1]}""", "and[0]: ")]
    [InlineData("""{"version": "nonsense"}""", "version: 'nonsense'")]
    [InlineData("""{"and": [{"tag": "a"}, {"version": "nope"}]}""", "and[1].version: ")]
    [InlineData("""{"not": {"or": [{"type": "a"}, {"and": [{}, {"name": null}]}]}}""", "not.or[1].and[1].name: ")]
    public async Task A_Wrong_Filter_Returns_422_And_Names_The_Place_In_It(string filter, string message)
    {
        var template = await app.AddTemplateAsync();
        var tab = await app.AddTabAsync(template, Tab("Before", "{}"));

        var added = await app.PostAsync($"{template}tabs/", Tab("After", filter));
        var changed = await app.PutAsync(tab, Tab("After", filter));

        Assert.Equal((422, "application/problem+json"), (added.Code, added.ContentType));
        Assert.Equal(["filterString"], added.ErrorFields);
        Assert.StartsWith(message, Error(added), StringComparison.Ordinal);
        Assert.Equal((422, Error(added)), (changed.Code, Error(changed)));
    }

    [Theory]
    [InlineData("navigation", "", 200, "")]
    [InlineData("experiment-navigation.workspace", "", 200, "")]
    [InlineData("navigation", "{}", 422, "filterString")]
    [InlineData("navigation", """{"tag": "a"}""", 422, "filterString")]
    [InlineData("workspace", "", 422, "groupKey")]
    [InlineData("workspace.inside", "", 422, "groupKey")]
    [InlineData("workspaces", "", 422, "groupKey")]
    public async Task A_Tab_That_Opens_A_Group_Has_No_Filter_And_Is_Not_In_The_Workspace(
        string location, string filter, int expected, string field)
    {
        var template = await app.AddTemplateAsync();
        var opener = Tab("Opener", filter, tab =>
        {
            tab["location"] = location;
            tab["groupKey"] = "g";
        });

        var added = await app.PostAsync($"{template}tabs/", opener);

        Assert.Equal(expected, added.Code);
        if (expected == 422)
            Assert.Equal([field], added.ErrorFields);
    }

    [Fact]
    public async Task Every_Wrong_Field_Is_Named_At_Once()
    {
        var template = await app.AddTemplateAsync();

        var added = await app.SendTextAsync(
            HttpMethod.Post, $"{template}tabs/", """{"name": 1, "filterString": "{", "plugins": [], "id": 3}""");

        Assert.Equal(422, added.Code);
        Assert.Equal(
            ["name", "description", "location", "sortKey", "filterString", "plugins", "id"], added.ErrorFields);
    }

    [Theory]
    [InlineData("abc", "1")]
    [InlineData("1", "abc")]
    [InlineData("-1", "1")]
    [InlineData("1", "1.0")]
    [InlineData("1", "%20")]
    public async Task A_Malformed_Id_Returns_400(string template, string tab)
    {
        var url = $"/api/templates/{template}/tabs/{tab}/";

        var answers = new[] { await app.GetAsync(url), await app.PutAsync(url, Tab("x")), await app.DeleteAsync(url) };

        Assert.Equal([400, 400, 400], answers.Select(a => a.Code));
        Assert.All(answers.Select(a => a.ContentType), type => Assert.Equal("application/problem+json", type));
    }

    [Fact]
    public async Task A_Malformed_Id_Of_A_Template_Returns_400_For_The_List_Too()
    {
        var list = await app.GetAsync("/api/templates/abc/tabs/");
        var added = await app.PostAsync("/api/templates/abc/tabs/", Tab("x"));

        Assert.Equal((400, 400), (list.Code, added.Code));
    }

    [Theory]
    [InlineData("4711")]
    [InlineData("99999999999999999999999999")]
    public async Task A_Tab_Of_A_Template_That_Is_Not_There_Returns_404(string id)
    {
        var tabs = $"/api/templates/{id}/tabs/";

        var answers = new[]
        {
            await app.GetAsync(tabs), await app.GetAsync(tabs + "?group=workspace"), await app.PostAsync(tabs, Tab("x")),
            await app.GetAsync(tabs + "1/"), await app.PutAsync(tabs + "1/", Tab("x")),
        };

        Assert.All(answers.Select(a => (a.Code, a.ContentType)), a => Assert.Equal((404, "application/problem+json"), a));
    }

    [Theory]
    [InlineData("4711")]
    [InlineData("99999999999999999999999999")]
    public async Task A_Tab_That_Is_Not_There_Returns_404_And_Can_Be_Deleted(string id)
    {
        var tab = $"{await app.AddTemplateAsync()}tabs/{id}/";

        var got = await app.GetAsync(tab);
        var changed = await app.PutAsync(tab, Tab("x"));
        var deleted = await app.DeleteAsync(tab);

        Assert.Equal((404, 404, 200), (got.Code, changed.Code, deleted.Code));
    }

    private static string Error(Answer answer) => (string)answer.Json["errors"]!["filterString"]![0]!;
}
