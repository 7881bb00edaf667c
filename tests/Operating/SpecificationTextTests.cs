using Microsoft.AspNetCore.OpenApi;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.OpenApi;
using Qhana.Registry.Endpoints.Answers;
using Qhana.Registry.Endpoints.OpenApi;
using Qhana.Registry.Tests.Support;

namespace Qhana.Registry.Tests.Operating;

/// <summary>How the OpenAPI document is kept.</summary>
public sealed class SpecificationTextTests
{
    [Fact]
    public async Task A_Document_That_Could_Not_Be_Made_Is_Made_For_The_Next_Who_Asks_And_Then_Never_Again()
    {
        var provider = new FailingOnce();
        var text = new SpecificationText(provider);

        await Assert.ThrowsAsync<InvalidOperationException>(() => text.ForAsync("http://a.test"));
        var second = await text.ForAsync("http://a.test");
        var third = await text.ForAsync("http://a.test");

        Assert.NotEmpty(second);
        Assert.Equal(second, third);
        Assert.Equal(2, provider.Asked);
    }

    [Fact]
    public async Task It_Is_Kept_Only_For_A_Host_That_Asks_Again()
    {
        await using var app = new RegistryApp();
        var cache = app.Services.GetRequiredService<AnswerCache>();
        var key = new AnswerKey("http", "once.test", "", "/api/api-spec.json");

        await app.GetRawAsync(key.Target, ("Host", key.Host));
        var once = cache.Find(key);
        await app.GetRawAsync(key.Target, ("Host", key.Host));
        var twice = cache.Find(key);

        Assert.Null(once);
        Assert.NotNull(twice);
    }

    private sealed class FailingOnce : IOpenApiDocumentProvider
    {
        public int Asked { get; private set; }

        public Task<OpenApiDocument> GetOpenApiDocumentAsync(CancellationToken cancellationToken = default) => ++Asked == 1
            ? Task.FromException<OpenApiDocument>(new InvalidOperationException("Not yet."))
            : Task.FromResult(new OpenApiDocument { Info = new OpenApiInfo { Title = "T", Version = "1" }, Paths = [] });
    }
}
