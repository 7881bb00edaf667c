using System.Text.Json.Nodes;
using Qhana.Registry.Tests.Support;

namespace Qhana.Registry.Tests.Api;

/// <summary>Whatever the registry takes as a name, its links lead to; what no URL can carry it may refuse.</summary>
public sealed class NameTests(RegistryApp app) : IClassFixture<RegistryApp>
{
    public static TheoryData<string> Names =>
    [
        "plain", "with space", " around ", "a/b", "/", "a/", "/a", "//", "a//b", "a%2Fb", "%2F", "%", "100%", "%25", "%zz", "a+b",
        "a?b", "a#b", "a&b=c", "a;b", "a:b@c", "a\\b", "äöü", "日本語", "😀", "e\u0301", "\"quoted\"", "<tag>", "a'b", "{id}", "*",
        "...", ".a", "a.", "~", "a\tb", "a\nb", "a\r\nb", "a\u007fb", "\u200b", "\ufeffx", "null", "0",
    ];

    public static TheoryData<string> NamesThatUrlsMayNotCarry => [".", "..", "a\0b", "\0"];

    [Theory]
    [MemberData(nameof(Names))]
    public async Task A_Service_Is_Reached_By_Its_Links_Whatever_Its_Id(string name)
    {
        var added = await app.PostAsync("/api/services/", Service(name, "first"));

        var shown = await app.GetAsync((string)added.Data["new"]!["href"]!);
        var changed = await app.PutAsync(shown.Follow("service", "update"), Service(name, "second"));
        var again = await app.GetAsync(shown.Self.TrimEnd('/'));
        var deleted = await app.DeleteAsync(shown.Follow("service", "delete"));

        Assert.Equal((200, 200, 200), (shown.Code, changed.Code, deleted.Code));
        Assert.Equal(name, (string)shown.Data["serviceId"]!);
        Assert.Equal(name, (string)shown.Data["self"]!["resourceKey"]!["serviceId"]!);
        Assert.Equal("second", (string)again.Data["name"]!);
        Assert.Equal(404, (await app.GetAsync(shown.Self)).Code);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public async Task A_Variable_Is_Reached_By_Its_Links_Whatever_Its_Name(string name)
    {
        var added = await app.PostAsync("/api/env/", Variable(name, "first"));

        var shown = await app.GetAsync((string)added.Data["changed"]!["href"]!);
        var changed = await app.PutAsync(shown.Follow("env", "update"), Variable(name, name));
        var again = await app.GetAsync(shown.Self.TrimEnd('/'));
        var listed = await app.GetAsync($"/api/env/?name={Uri.EscapeDataString(name)}");
        var deleted = await app.DeleteAsync(shown.Follow("env", "delete"));

        Assert.Equal((200, 200, 200), (shown.Code, changed.Code, deleted.Code));
        Assert.Equal(name, (string)shown.Data["name"]!);
        Assert.Equal(name, (string)again.Data["value"]!);
        Assert.Equal([name], listed.ItemNames);
        Assert.Equal(404, (await app.GetAsync(shown.Self)).Code);
    }

    [Theory]
    [MemberData(nameof(NamesThatUrlsMayNotCarry))]
    public async Task A_Name_That_Urls_May_Not_Carry_Is_Refused_Or_Its_Links_Lead_To_It(string name)
    {
        var service = await app.PostAsync("/api/services/", Service(name, name));
        var variable = await app.PostAsync("/api/env/", Variable(name, name));

        Assert.Contains(await WhatBecameOfAsync(service, "new", "serviceId"), (string[])["refused", name]);
        Assert.Contains(await WhatBecameOfAsync(variable, "changed", "name"), (string[])["refused", name]);
    }

    [Theory]
    [InlineData("a\0b")]
    [InlineData("\0")]
    public async Task A_Value_With_A_Nul_Character_Is_Refused_Or_Kept_Whole(string value)
    {
        var variable = await app.PostAsync("/api/env/", Variable("NUL", value));

        Assert.Contains(await WhatBecameOfAsync(variable, "changed", "value"), (string[])["refused", value]);
    }

    [Fact]
    public async Task Names_That_Differ_In_Case_Or_Blanks_Are_Different()
    {
        foreach (var name in (string[])["Case", "case", "case ", "CASE"])
            await app.PostAsync("/api/env/", Variable(name, name));

        foreach (var name in (string[])["Case", "case", "case ", "CASE"])
            Assert.Equal(name, (string)(await app.GetAsync($"/api/env/{Uri.EscapeDataString(name)}/")).Data["value"]!);
    }

    private async Task<string> WhatBecameOfAsync(Answer written, string link, string field)
    {
        if (written.Code == 422)
            return "refused";
        var shown = await app.GetAsync((string)written.Data[link]!["href"]!);
        return shown.Code == 200 && shown.Data[field] is { } text ? (string)text! : $"lost: {shown.Code} {shown.Text}";
    }

    private static JsonObject Service(string id, string name) =>
        new() { ["serviceId"] = id, ["name"] = name, ["description"] = "", ["url"] = "" };

    private static JsonObject Variable(string name, string value) => new() { ["name"] = name, ["value"] = value };
}
