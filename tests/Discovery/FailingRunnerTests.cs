using System.IO.Compression;
using System.Net;
using Microsoft.AspNetCore.Http;
using Qhana.Registry.Tests.Support;

namespace Qhana.Registry.Tests.Discovery;

/// <summary>
/// What one seed may do wrong as a whole. In each of these tests <see cref="DiscoveryWorld.DiscoverAsync"/> sees to it that
/// the other seed's plugins are found in time.
/// </summary>
public sealed class FailingRunnerTests : IAsyncLifetime
{
    private DiscoveryWorld _world = null!;

    public async ValueTask InitializeAsync() => _world = await DiscoveryWorld.CreateAsync();

    [Fact]
    public async Task A_Runner_That_Hangs_Keeps_Nobody_Waiting()
    {
        var release = new TaskCompletionSource();
        _world.Bad.Serves("/", _ => release.Task);
        await _world.App.AddSeedAsync(_world.Bad.Url);
        await _world.App.AddSeedAsync(_world.Good.Url);

        var run = _world.App.DiscoverAsync();

        await _world.App.HasAsync(3, "/api/plugins/");
        Assert.False(run.IsCompleted);
        release.SetResult();
        await run;
        await _world.AssertGoodPluginsAsync();
    }

    [Fact]
    public async Task A_Runner_That_Hangs_Is_Unreachable()
    {
        _world.WithPatience(0.8).Bad.Serves("/", HangAsync);

        var status = await _world.DiscoverAsync();

        Assert.Equal(("unreachable", "no answer within 0.8 s"), (status.Outcome, status.Failures[_world.Bad.Url]));
    }

    [Fact]
    public async Task A_Runner_Whose_Answer_Never_Ends_Is_Unreachable()
    {
        _world.WithPatience(0.8).Bad.Serves("/", async context =>
        {
            await context.Response.WriteAsync("{\"title\": \"");
            await context.Response.Body.FlushAsync();
            await HangAsync(context);
        });

        var status = await _world.DiscoverAsync();

        Assert.Equal(("unreachable", "no answer within 0.8 s"), (status.Outcome, status.Failures[_world.Bad.Url]));
    }

    [Fact]
    public async Task A_Runner_Whose_List_Hangs_Is_Unreachable()
    {
        _world.WithPatience(0.8).Bad.Serves("/plugins", HangAsync);

        var status = await _world.DiscoverAsync();

        Assert.Equal("unreachable", status.Outcome);
        Assert.EndsWith("/plugins: no answer within 0.8 s", status.Failures[_world.Bad.Url], StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_Runner_That_Refuses_The_Connection_Is_Unreachable()
    {
        await _world.Bad.DisposeAsync();

        var status = await _world.DiscoverAsync();

        Assert.Equal("unreachable", status.Outcome);
        Assert.StartsWith("no connection", status.Failures[_world.Bad.Url], StringComparison.Ordinal);
        Assert.Contains(_world.App.Log.All, l => l.Text.StartsWith($"No plugin at {_world.Bad.Url}: no connection", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_Runner_Whose_Name_Has_No_Address_Is_Unreachable()
    {
        await _world.DiscoverAsync();
        await _world.App.AddSeedAsync("http://nobody.invalid/");

        await _world.App.DiscoverAsync();

        var status = await _world.StatusAsync("http://nobody.invalid/");
        Assert.Equal("unreachable", status.Outcome);
        Assert.StartsWith("no connection", status.Failures["http://nobody.invalid/"], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(500, "unreachable")]
    [InlineData(503, "unreachable")]
    [InlineData(404, "not-a-runner")]
    [InlineData(401, "unreachable")]
    public async Task A_Runner_That_Answers_With_An_Error_Is_Told_Of(int code, string outcome)
    {
        _world.Bad.Serves("/", context =>
        {
            context.Response.StatusCode = code;
            return context.Response.WriteAsync("""{"plugins": []}""");
        });

        var status = await _world.DiscoverAsync();

        Assert.Equal((outcome, $"answered {code}"), (status.Outcome, status.Failures[_world.Bad.Url]));
        Assert.Equal($"{_world.Bad.Url}: answered {code}", status.LastError);
    }

    [Fact]
    public async Task A_Runner_That_Sends_10_Mebibytes_Is_Cut_Off()
    {
        _world.Bad.Serves("/", $$"""{"title": "{{new string('x', 10 << 20)}}"}""");

        var status = await _world.DiscoverAsync();

        Assert.Equal(("not-a-runner", "more than 4 MiB"), (status.Outcome, status.Failures[_world.Bad.Url]));
    }

    [Fact]
    public async Task A_Document_Of_4_Mebibytes_Is_Read_And_One_Byte_More_Is_Not()
    {
        const string start = """{"name": "big", "version": "1", "title": "", "description": "", "type": "t", "tags": [], "entryPoint": {"href": "", "uiHref": ""}, "x": " """;
        _world.Bad.Serves("/fits", start + new string('x', (4 << 20) - start.Length - 2) + "\"}");
        _world.Bad.Serves("/more", start + new string('x', (4 << 20) - start.Length - 1) + "\"}");
        _world.Bad.Lists(_world.Bad.Url + "/fits", _world.Bad.Url + "/more");

        var status = await _world.DiscoverAsync();

        Assert.Equal(("partial", 1), (status.Outcome, status.Found));
        Assert.Equal([_world.Bad.Url + "/more"], status.Failures.Keys);
    }

    [Fact]
    public async Task A_Small_Answer_That_Unpacks_To_100_Mebibytes_Is_Cut_Off()
    {
        _world.Bad.Serves("/", async context =>
        {
            context.Response.Headers.ContentEncoding = "gzip";
            await using var gzip = new GZipStream(context.Response.Body, CompressionLevel.Fastest);
            var blanks = new byte[1 << 20];
            for (var i = 0; i < 100; i++)
                await gzip.WriteAsync(blanks, context.RequestAborted);
        });

        var status = await _world.DiscoverAsync();

        Assert.Equal(("not-a-runner", "more than 4 MiB"), (status.Outcome, status.Failures[_world.Bad.Url]));
    }

    [Fact]
    public async Task A_Runner_That_Sends_1000_Nested_Arrays_Is_None()
    {
        _world.Bad.Serves("/", new string('[', 1000) + new string(']', 1000));

        var status = await _world.DiscoverAsync();

        Assert.Equal("not-a-runner", status.Outcome);
        Assert.Equal("no JSON, or nested deeper than 64", status.Failures[_world.Bad.Url]);
    }

    [Theory]
    [InlineData("<!doctype html><title>It works!</title>", "no JSON, or nested deeper than 64")]
    [InlineData("", "an empty answer")]
    [InlineData("{\"title\": ", "no JSON, or nested deeper than 64")]
    [InlineData("[]", "no JSON object")]
    [InlineData("null", "no JSON object")]
    [InlineData("\"\\ud800\"", "no JSON object")]
    public async Task A_Runner_That_Sends_No_Document_Is_None(string body, string reason)
    {
        _world.Bad.Serves("/", body, "text/html");

        var status = await _world.DiscoverAsync();

        Assert.Equal(("not-a-runner", reason), (status.Outcome, status.Failures[_world.Bad.Url]));
    }

    [Theory]
    [InlineData("""{"\ud800": 1}""")]
    [InlineData("""{"plugins": [{"\ud800": 1, "apiRoot": "\udc00"}], "\udfff": {}}""")]
    public async Task A_Runner_With_Names_That_Are_No_Text_Costs_Nobody_Anything(string body)
    {
        _world.Bad.Serves("/", body).Serves("/plugins", body);

        var status = await _world.DiscoverAsync();

        Assert.Contains(status.Outcome, (string[])["not-a-runner", "partial"]);
        Assert.DoesNotContain(_world.App.Log.All, l => l.Level >= Microsoft.Extensions.Logging.LogLevel.Error);
    }

    [Fact]
    public async Task A_Redirect_Loop_Is_Left_After_Five_Redirects()
    {
        _world.Bad.Serves("/", Redirect("/a")).Serves("/a", Redirect("/b")).Serves("/b", Redirect("/a"));

        var status = await _world.DiscoverAsync();

        Assert.Equal("unreachable", status.Outcome);
        Assert.StartsWith("redirected more than 5 times", status.Failures[_world.Bad.Url], StringComparison.Ordinal);
        Assert.Equal(6, _world.Bad.Requests.Count);
    }

    [Fact]
    public async Task Five_Redirects_Are_Followed()
    {
        for (var i = 1; i <= 4; i++)
            _world.Bad.Serves($"/{i}", Redirect($"/{i + 1}"));
        _world.Bad.Serves("/", Redirect("/1")).Serves("/5", PluginDocument.Of("far").ToJsonString());

        var status = await _world.DiscoverAsync();

        Assert.Equal(("ok", 1), (status.Outcome, status.Found));
    }

    [Theory]
    [InlineData("file:///etc/passwd")]
    [InlineData("ftp://127.0.0.1/")]
    [InlineData("")]
    public async Task A_Redirect_To_Another_Kind_Of_Place_Is_Not_Followed(string location)
    {
        _world.Bad.Serves("/", Redirect(location));

        var status = await _world.DiscoverAsync();

        Assert.Equal("unreachable", status.Outcome);
        Assert.Single(status.Failures);
    }

    [Fact]
    public async Task A_Runner_That_Breaks_Off_Is_Unreachable()
    {
        _world.Bad.Serves("/", async context =>
        {
            context.Response.ContentLength = 1000;
            await context.Response.WriteAsync("{\"title\": ");
            await context.Response.Body.FlushAsync();
            context.Abort();
        });

        var status = await _world.DiscoverAsync();

        Assert.Equal("unreachable", status.Outcome);
        Assert.Contains("bro", status.Failures[_world.Bad.Url], StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_Runner_That_Fails_Once_Is_Asked_Again()
    {
        var times = 0;
        _world.Bad.Offers(PluginDocument.Of("shaky")).Serves("/", context =>
        {
            context.Response.StatusCode = Interlocked.Increment(ref times) == 1 ? 503 : 200;
            return context.Response.WriteAsync("{}");
        });

        var status = await _world.DiscoverAsync();

        Assert.Equal(("ok", 1, 2), (status.Outcome, status.Found, times));
    }

    [Fact]
    public async Task A_Seed_That_Takes_Longer_Than_A_Seed_May_Is_Stopped_And_Keeps_What_It_Gave()
    {
        _world.App.With(options => options with { SeedTimeout = TimeSpan.FromSeconds(1.5) });
        _world.Bad.Offers(PluginDocument.Of("quick")).Lists(_world.Bad.Url + "/slow").Serves("/slow", HangAsync);

        var status = await _world.DiscoverAsync();

        Assert.Equal(("timed-out", 1, "not finished within 1.5 s"), (status.Outcome, status.Found, status.LastError));
        Assert.Equal(1, (await _world.App.GetAsync("/api/plugins/?name=quick")).CollectionSize);
    }

    public ValueTask DisposeAsync() => _world.DisposeAsync();

    private static Task HangAsync(HttpContext context) =>
        Task.Delay(Timeout.Infinite, context.RequestAborted).ContinueWith(_ => { }, TaskScheduler.Default);

    private static RequestDelegate Redirect(string location) => context =>
    {
        context.Response.StatusCode = (int)HttpStatusCode.Redirect;
        context.Response.Headers.Location = location;
        return Task.CompletedTask;
    };
}
