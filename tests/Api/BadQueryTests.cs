using Qhana.Registry.Tests.Support;

namespace Qhana.Registry.Tests.Api;

/// <summary>Paths and parameters that are refused (CONTRACT section 8).</summary>
public sealed class BadQueryTests(BadInputFixture fixture) : IClassFixture<BadInputFixture>
{
    private readonly RegistryApp _app = fixture.App;

    [Theory]
    [InlineData("item-count", "0")]
    [InlineData("item-count", "101")]
    [InlineData("item-count", "-1")]
    [InlineData("item-count", "x")]
    [InlineData("item-count", "1.5")]
    [InlineData("item-count", "99999999999999999999")]
    [InlineData("item-count", "%00")]
    [InlineData("cursor", "abc")]
    [InlineData("cursor", "1.5")]
    [InlineData("cursor", "1e3")]
    [InlineData("cursor", "%00")]
    [InlineData("sort", "nope")]
    [InlineData("sort", "id,nope")]
    [InlineData("sort", "id desc")]
    [InlineData("sort", "id;DROP TABLE seed")]
    [InlineData("sort", "%00")]
    public async Task A_Wrong_Page_Parameter_Is_Named(string parameter, string value)
    {
        foreach (var list in (string[])["seeds", "services", "plugins", "discovery"])
            IsRefused(parameter, await _app.GetAsync($"/api/{list}/?{parameter}={value}"));
    }

    [Theory]
    [InlineData("seeds", "url", "name")]
    [InlineData("services", "service_id", "url")]
    [InlineData("plugins", "version", "title")]
    public async Task A_List_Is_Sorted_By_Its_Own_Columns_Only(string list, string column, string other)
    {
        var known = await _app.GetAsync($"/api/{list}/?sort=-{column}");
        var unknown = await _app.GetAsync($"/api/{list}/?sort=-{other}");

        Assert.Equal(200, known.Code);
        IsRefused("sort", unknown);
    }

    [Theory]
    [InlineData("version", "%3E%3D%3F!")]
    [InlineData("version", "latest")]
    [InlineData("version", "1.0,latest")]
    [InlineData("version", "~%3D1")]
    [InlineData("version", "%00")]
    [InlineData("last-available-period", "x")]
    [InlineData("last-available-period", "1.5")]
    [InlineData("template-tab", "x")]
    [InlineData("template-tab", "1,2")]
    public async Task A_Wrong_Filter_Of_Plugins_Is_Named(string parameter, string value) =>
        IsRefused(parameter, await _app.GetAsync($"/api/plugins/?{parameter}={value}"));

    [Fact]
    public async Task All_Wrong_Parameters_Are_Named_At_Once()
    {
        var answer = await _app.GetAsync("/api/plugins/?item-count=0&cursor=a&sort=b&version=c&template-tab=d");

        Assert.Equal(422, answer.Code);
        Assert.Equal(["cursor", "item-count", "sort", "template-tab", "version"], answer.ErrorFields.Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task An_Announcement_Without_A_Url_Returns_422() => IsRefused("url", await _app.PostAsync("/api/plugins/", null));

    [Theory]
    [InlineData("abc")]
    [InlineData("-1")]
    [InlineData("1.5")]
    [InlineData("+1")]
    [InlineData("0x1")]
    [InlineData("%201")]
    [InlineData("%EF%BC%91")]
    public async Task A_Malformed_Id_Returns_400(string id)
    {
        IsProblem(400, await _app.GetAsync($"/api/seeds/{id}/"));
        IsProblem(400, await _app.DeleteAsync($"/api/seeds/{id}/"));
        IsProblem(400, await _app.GetAsync($"/api/plugins/{id}/"));
    }

    [Theory]
    [InlineData("/api/seeds/99999/")]
    [InlineData("/api/seeds/99999999999999999999999999/")]
    [InlineData("/api/plugins/9223372036854775807/")]
    [InlineData("/api/plugins/99999999999999999999999999/")]
    [InlineData("/api/services/none/")]
    [InlineData("/api/env/none/")]
    [InlineData("/api/nope")]
    [InlineData("/api/seeds/1/more/")]
    [InlineData("/nope")]
    public async Task What_Is_Not_There_Returns_404(string path) => IsProblem(404, await _app.GetAsync(path));

    [Theory]
    [InlineData("POST", "/api/")]
    [InlineData("PUT", "/api/seeds/")]
    [InlineData("DELETE", "/api/seeds/")]
    [InlineData("PUT", "/api/seeds/1/")]
    [InlineData("PATCH", "/api/seeds/1/")]
    [InlineData("POST", "/api/services/known/")]
    [InlineData("DELETE", "/api/services/")]
    [InlineData("POST", "/api/env/KNOWN/")]
    [InlineData("DELETE", "/api/plugins/1/")]
    [InlineData("PUT", "/api/plugins/1/")]
    [InlineData("POST", "/api/discovery/")]
    public async Task A_Method_That_A_Resource_Does_Not_Have_Returns_405(string method, string path) =>
        IsProblem(405, await _app.SendTextAsync(HttpMethod.Parse(method), path, "{}"));

    [Theory]
    [InlineData("seeds/?cursor=99999999999999999999999999")]
    [InlineData("seeds/?cursor=-99999999999999999999999999")]
    [InlineData("services/?service-id=%00")]
    [InlineData("services/?service-id=,,,")]
    [InlineData("env/?name=%00")]
    [InlineData("env/?name=%ff%fe")]
    [InlineData("plugins/?cursor=9223372036854775807")]
    [InlineData("plugins/?last-available-period=99999999999999999999999999")]
    [InlineData("plugins/?last-available-period=-99999999999999999999999999")]
    [InlineData("plugins/?template-tab=99999999999999999999999999")]
    [InlineData("plugins/?plugin-id=99999999999999999999999999")]
    [InlineData("plugins/?name=%00&type=%00&url=%00&tags=%00,!%00")]
    [InlineData("plugins/?tags=!,!!,%20!")]
    [InlineData("plugins/?input-data-type=///&input-content-type=%00/%00")]
    [InlineData("plugins/?input-data-type=&input-content-type=")]
    [InlineData("plugins/?name=%27%20OR%201=1--")]
    [InlineData("plugins/?item-count=5&item-count=x")]
    [InlineData("plugins/?=&&&;")]
    [InlineData("plugins/?name=%")]
    [InlineData("plugins/?tags=%ud800")]
    public async Task An_Odd_Parameter_That_Is_Not_Wrong_Is_Answered(string pathAndQuery)
    {
        var answer = await _app.GetAsync("/api/" + pathAndQuery);

        Assert.Equal(200, answer.Code);
        Assert.Equal("application/json", answer.ContentType);
    }

    [Fact]
    public async Task A_Thousand_Ids_And_Tags_Are_Answered()
    {
        var ids = await _app.GetAsync("/api/plugins/?plugin-id=" + string.Join(',', Enumerable.Range(1, 1500)));
        var tags = await _app.GetAsync("/api/plugins/?tags=" + string.Join(',', Enumerable.Range(1, 1000).Select(i => $"!t{i}")));
        var services = await _app.GetAsync("/api/services/?service-id=" + string.Join(',', Enumerable.Range(1, 1500)));

        Assert.Equal((200, 200, 200), (ids.Code, tags.Code, services.Code));
    }

    [Theory]
    [InlineData("/api/services/{0}/")]
    [InlineData("/api/env/?name={0}")]
    [InlineData("/api/plugins/?version={0}")]
    [InlineData("/api/plugins/?tags={0}")]
    public async Task A_Huge_Request_Line_Is_The_Clients_Error(string path)
    {
        var answer = await _app.GetAsync(string.Format(null, path, new string('x', 100_000)));

        Assert.InRange(answer.Code, 400, 499);
    }

    private static void IsRefused(string parameter, Answer answer)
    {
        IsProblem(422, answer);
        Assert.Equal([parameter], answer.ErrorFields);
    }

    private static void IsProblem(int status, Answer answer)
    {
        Assert.Equal(status, answer.Code);
        Assert.Equal("application/problem+json", answer.ContentType);
        Assert.Equal(status, (int)answer.Json["status"]!);
        Assert.NotEqual("", (string)answer.Json["title"]!);
    }
}
