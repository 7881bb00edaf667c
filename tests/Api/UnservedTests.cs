using Qhana.Registry.Tests.Support;

namespace Qhana.Registry.Tests.Api;

/// <summary>Methods and paths that no endpoint answers, and bodies that are no objects: told so that a client can act on it.</summary>
public sealed class UnservedTests(RegistryApp app) : IClassFixture<RegistryApp>
{
    [Theory]
    [InlineData("/api/env/", "GET, HEAD, POST, OPTIONS")]
    [InlineData("/api/env/A/", "DELETE, GET, HEAD, PUT, OPTIONS")]
    [InlineData("/health", "GET, HEAD, OPTIONS")]
    public async Task Options_Answers_With_The_Methods_That_A_Path_Takes(string path, string methods)
    {
        var answer = await RawRequests.SendRawAsync(HttpMethod.Options, app.Origin + path);

        Assert.Equal((200, 0), (answer.Code, answer.Body.Length));
        Assert.Equal(Sorted(methods), Sorted(answer.Header("Allow")!));
    }

    [Theory]
    [InlineData("GET", "/api/nope/")]
    [InlineData("OPTIONS", "/api/nope/")]
    public async Task An_Unknown_Path_Is_Told_With_Where_The_Api_Begins(string method, string path)
    {
        var answer = await app.SendAsync(HttpMethod.Parse(method), path, null);

        Assert.Equal((404, "application/problem+json"), (answer.Code, answer.ContentType));
        Assert.Contains(path, (string)answer.Json["detail"]!, StringComparison.Ordinal);
        Assert.Contains("/api/", (string)answer.Json["detail"]!, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_Method_That_A_Path_Does_Not_Take_Is_Told_With_Those_That_It_Takes()
    {
        var answer = await app.SendAsync(HttpMethod.Patch, "/api/env/", null);

        Assert.Equal((405, "application/problem+json"), (answer.Code, answer.ContentType));
        Assert.All(["PATCH", "GET", "POST"], word => Assert.Contains(word, (string)answer.Json["detail"]!, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("[]", "application/json")]
    [InlineData("""{"name": "A", "value": "1"}""", "text/plain")]
    public async Task A_Body_That_Is_No_Object_Or_Not_Sent_As_Json_Is_A_Wrong_Body(string body, string mediaType)
    {
        var answer = await app.SendTextAsync(HttpMethod.Post, "/api/env/", body, mediaType);

        Assert.Equal((422, "application/problem+json"), (answer.Code, answer.ContentType));
        Assert.Equal("Unprocessable Content", (string)answer.Json["title"]!);
        Assert.Equal(["body"], answer.ErrorFields);
    }

    private static IEnumerable<string> Sorted(string methods) => methods.Split(", ").Order(StringComparer.Ordinal);
}
