using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using Qhana.Registry.Tests.Support;

namespace Qhana.Registry.Tests.Discovery;

/// <summary>
/// What a runner may list. As in <see cref="FailingRunnerTests"/>, <see cref="DiscoveryWorld.DiscoverAsync"/> sees to the
/// other seed.
/// </summary>
public sealed class OddListTests : IAsyncLifetime
{
    private DiscoveryWorld _world = null!;

    private FakeRunner Bad => _world.Bad;

    public async ValueTask InitializeAsync() => _world = await DiscoveryWorld.CreateAsync();

    [Fact]
    public async Task A_List_That_Names_Itself_Is_Read_Once()
    {
        Bad.Offers(PluginDocument.Of("one")).Lists(Bad.Url);

        var status = await _world.DiscoverAsync();

        Assert.Equal(("ok", 1, 0), (status.Outcome, status.Found, status.Failed));
        Assert.Equal(1, Bad.Requests.Count(r => r == "/plugins/"));
    }

    [Theory]
    [InlineData("br")]
    [InlineData("gzip")]
    [InlineData("deflate")]
    public async Task What_Is_Compressed_Wrongly_Is_One_Failure_Among_Others(string encoding)
    {
        Bad.Offers(PluginDocument.Of("one")).Lists(Bad.Url + "/packed").Serves("/packed", context =>
        {
            context.Response.Headers.ContentEncoding = encoding;
            return context.Response.WriteAsync("this is not compressed at all", context.RequestAborted);
        });

        var status = await _world.DiscoverAsync();

        Assert.Equal(("partial", 1), (status.Outcome, status.Found));
        Assert.Equal("the answer is compressed wrongly", status.Failures[Bad.Url + "/packed"]);
    }

    // A host that cannot be written in ASCII, and a URL that nobody could store.
    [Fact]
    public async Task An_Address_That_Nobody_Can_Ask_Is_Told_And_Its_Neighbours_Go_On()
    {
        Bad.Offers(PluginDocument.Of("one")).Lists("http://\u202e.de/", $"{Bad.Url}/{new string('x', 2048)}");

        var status = await _world.DiscoverAsync();

        Assert.Equal(("partial", 1), (status.Outcome, status.Found));
        Assert.Equal("2 entries of the list have no usable apiRoot", Assert.Single(status.Failures).Value);
    }

    [Fact]
    public async Task Lists_That_Name_Each_Other_Are_Read_Once()
    {
        ListsAt("/a", Bad.Url + "/b", Bad.Url + "/p/").ListsAt("/b", Bad.Url + "/a");
        Bad.Serves("/p/", PluginDocument.Of("one").ToJsonString());

        var status = await _world.DiscoverAsync("/a");

        Assert.Equal(("ok", 1, 0), (status.Outcome, status.Found, status.Failed));
        Assert.Equal(Bad.Requests.Distinct(), Bad.Requests);
    }

    [Fact]
    public async Task Lists_Are_Followed_Three_Deep_And_No_Deeper()
    {
        // The seed is level 0; what the third list names is level 3.
        ListsAt("/0", Bad.Url + "/1").ListsAt("/1", Bad.Url + "/2").ListsAt("/2", Bad.Url + "/3", Bad.Url + "/p3/");
        ListsAt("/3", Bad.Url + "/p4/");
        Bad.Serves("/p3/", PluginDocument.Of("level-3").ToJsonString()).Serves("/p4/", PluginDocument.Of("level-4").ToJsonString());

        var status = await _world.DiscoverAsync("/0");

        Assert.Equal(("partial", 1), (status.Outcome, status.Found));
        Assert.Equal("a list more than 3 lists deep", status.Failures[Bad.Url + "/3"]);
        Assert.DoesNotContain("/p4/", Bad.Requests);
        Assert.Equal(1, (await _world.App.GetAsync("/api/plugins/?name=level-3")).CollectionSize);
    }

    [Fact]
    public async Task Two_Plugins_With_The_Same_Identifier_And_Version_Are_Stored_Once_And_Told_Of()
    {
        Bad.OffersAt("/first/", PluginDocument.Of("twin")).OffersAt("/second/", PluginDocument.Of("twin"));
        Bad.Offers(PluginDocument.Of("twin", "2.0.0"), PluginDocument.Of("single"));

        var status = await _world.DiscoverAsync();

        var twins = await _world.App.GetAsync("/api/plugins/?name=twin");
        Assert.Equal(["The twin (2.0.0)", "The twin (1.0.0)"], twins.ItemNames);
        var stored = (string)twins.Embedded[1]["data"]!["href"]!;
        var refused = Bad.Url + (stored.EndsWith("/first/", StringComparison.Ordinal) ? "/second/" : "/first/");
        Assert.Equal(("partial", 4, 1), (status.Outcome, status.Found, status.Failed));
        Assert.Equal($"twin 1.0.0 is known from {stored} already", status.Failures[refused]);
    }

    [Fact]
    public async Task What_Fails_Among_Good_Plugins_Is_Told_By_Url_And_Costs_The_Others_Nothing()
    {
        _world.WithPatience(1.5);
        Bad.Offers(PluginDocument.Of("fine-1"), PluginDocument.Of("fine-2"), PluginDocument.Of("", "1"));
        Bad.Lists(Bad.Url + "/missing/", Bad.Url + "/broken/", Bad.Url + "/html/", Bad.Url + "/slow/", "http://127.0.0.1:9/refused/");
        Bad.Serves("/broken/", context =>
        {
            context.Response.StatusCode = 500;
            return Task.CompletedTask;
        });
        Bad.Serves("/html/", "<html>", "text/html");
        Bad.Serves("/slow/", context => Task.Delay(Timeout.Infinite, context.RequestAborted).ContinueWith(_ => { }, TaskScheduler.Default));

        var status = await _world.DiscoverAsync();

        Assert.Equal(("partial", 2, 6), (status.Outcome, status.Found, status.Failed));
        Assert.Equal("answered 404", status.Failures[Bad.Url + "/missing/"]);
        Assert.Equal("answered 500", status.Failures[Bad.Url + "/broken/"]);
        Assert.Equal("no JSON, or nested deeper than 64", status.Failures[Bad.Url + "/html/"]);
        Assert.Equal("no answer within 1.5 s", status.Failures[Bad.Url + "/slow/"]);
        Assert.Equal("name is no text", status.Failures[Bad.Url + "/plugins/@1/"]);
        Assert.StartsWith("no connection", status.Failures["http://127.0.0.1:9/refused/"], StringComparison.Ordinal);
        Assert.Contains(_world.App.Log.All, l => l.Text == $"No plugin at {Bad.Url}/missing/: answered 404");
        Assert.NotNull(status.LastSuccess);
    }

    [Fact]
    public async Task Entries_Without_A_Usable_Address_Are_Counted_And_Passed_Over()
    {
        Bad.Offers(PluginDocument.Of("fine"));
        Bad.Serves("/plugins/", $$"""
            {"plugins": [null, 5, "x", [], {}, {"apiRoot": null}, {"apiRoot": 5}, {"apiRoot": ""}, {"apiRoot": "ftp://127.0.0.1/"},
                         {"apiRoot": "javascript:alert(1)"}, {"apiRoot": "http://"}, {"apiRoot": "\ud800"}, {"apiRoot": "{{Bad.Url}}/plugins/fine@1.0.0/"}]}
            """);

        var status = await _world.DiscoverAsync();

        Assert.Equal(("partial", 1), (status.Outcome, status.Found));
        Assert.Equal("12 entries of the list have no usable apiRoot", status.Failures[Bad.Url]);
    }

    [Fact]
    public async Task Relative_Addresses_Are_Understood()
    {
        Bad.Serves("/plugins/fine/", PluginDocument.Of("fine").ToJsonString());
        Bad.Serves("/plugins/", """{"plugins": [{"apiRoot": "/plugins/fine/"}]}""");

        var status = await _world.DiscoverAsync();

        Assert.Equal(("ok", 1), (status.Outcome, status.Found));
        var plugin = (await _world.App.GetAsync("/api/plugins/?name=fine")).Embedded[0]["data"]!;
        Assert.Equal($"{Bad.Url}/plugins/fine/", (string)plugin["href"]!);
    }

    [Theory]
    [InlineData("""{"plugins": {}}""")]
    [InlineData("""{"plugins": null}""")]
    [InlineData("""{}""")]
    [InlineData("""[]""")]
    public async Task A_Document_That_Is_No_List_Is_No_Runner(string list)
    {
        Bad.Serves("/plugins/", list);

        var status = await _world.DiscoverAsync();

        Assert.Equal("not-a-runner", status.Outcome);
        Assert.EndsWith("is no list of plugins", status.Failures[Bad.Url], StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_Empty_List_Is_Fine()
    {
        var status = await _world.DiscoverAsync();

        Assert.Equal(("ok", 0, 0), (status.Outcome, status.Found, status.Failed));
        Assert.Null(status.LastSuccess);
    }

    [Fact]
    public async Task A_List_Of_More_Than_10000_Plugins_Is_Refused()
    {
        var entries = string.Join(',', Enumerable.Range(0, 10_001).Select(i => $$"""{"apiRoot": "{{Bad.Url}}/p{{i}}/"}"""));
        Bad.Serves("/plugins/", $$"""{"plugins": [{{entries}}]}""");

        var status = await _world.DiscoverAsync();

        Assert.Equal(("not-a-runner", "lists more than 10000 plugins"), (status.Outcome, status.Failures[Bad.Url]));
        Assert.DoesNotContain("/p0/", Bad.Requests);
    }

    [Fact]
    public async Task At_Most_100_Failures_Are_Kept_And_All_Are_Counted()
    {
        Bad.Lists([.. Enumerable.Range(0, 130).Select(i => $"{Bad.Url}/missing/{i}")]);

        var status = await _world.DiscoverAsync();

        Assert.Equal((130, 100), (status.Failed, status.Failures.Count));
    }

    [Fact]
    public async Task A_Host_That_Keeps_Silent_Is_Left_Alone_For_The_Rest_Of_The_Run()
    {
        _world.WithPatience(1.0);
        Bad.Lists([.. Enumerable.Range(0, 60).Select(i => $"{Bad.Url}/silent/{i}")]);
        foreach (var i in Enumerable.Range(0, 60))
            Bad.Serves($"/silent/{i}", context => Task.Delay(Timeout.Infinite, context.RequestAborted).ContinueWith(_ => { }, TaskScheduler.Default));

        var status = await _world.DiscoverAsync();

        Assert.Equal(("partial", 60), (status.Outcome, status.Failed));
        Assert.Contains("not asked: the host keeps silent", status.Failures.Values);
        Assert.InRange(Bad.Requests.Count(r => r.StartsWith("/silent/", StringComparison.Ordinal)), 16, 30);
    }

    [Fact]
    public async Task A_Seed_May_Be_A_Single_Plugin()
    {
        Bad.Serves("/", PluginDocument.Of("alone").ToJsonString());

        var status = await _world.DiscoverAsync("/");

        Assert.Equal(("ok", 1), (status.Outcome, status.Found));
        Assert.Equal(["/"], Bad.Requests);
    }

    [Fact]
    public async Task A_Host_Is_Asked_Eight_Things_At_Once_And_No_More()
    {
        var now = 0;
        var most = 0;
        for (var i = 0; i < 30; i++)
        {
            var plugin = PluginDocument.Of($"busy-{i}");
            Bad.Offers(plugin).Serves(PluginDocument.Path(plugin), async context =>
            {
                var busy = Interlocked.Increment(ref now);
                InterlockedMax(ref most, busy);
                await Task.Delay(30, context.RequestAborted);
                Interlocked.Decrement(ref now);
                await context.Response.WriteAsync(plugin.ToJsonString());
            });
        }

        var status = await _world.DiscoverAsync();

        Assert.Equal(("ok", 30), (status.Outcome, status.Found));
        Assert.InRange(most, 2, 8);
    }

    public ValueTask DisposeAsync() => _world.DisposeAsync();

    private OddListTests ListsAt(string path, params string[] apiRoots)
    {
        Bad.Serves(path, "{}");
        var entries = apiRoots.Select(a => new JsonObject { ["apiRoot"] = a });
        Bad.Serves(path + "/plugins", new JsonObject { ["plugins"] = new JsonArray([.. entries]) }.ToJsonString());
        return this;
    }

    private static void InterlockedMax(ref int target, int value)
    {
        int known;
        while ((known = Volatile.Read(ref target)) < value && Interlocked.CompareExchange(ref target, value, known) != known)
        {
            // Somebody else raised it meanwhile.
        }
    }
}
