using System.Text;
using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using Qhana.Registry.Data;
using Qhana.Registry.Endpoints.Answers;
using Qhana.Registry.Tests.Support;
using KeptAnswer = Qhana.Registry.Endpoints.Answers.Answer;

namespace Qhana.Registry.Tests.Operating;

/// <summary>Which answers are kept, how long they are true, and how much memory they take.</summary>
public sealed class AnswerCacheTests : IClassFixture<RegistryApp>
{
    private readonly Revisions _revisions = new();
    private readonly AnswerCache _cache;
    private readonly RegistryApp _app;

    public AnswerCacheTests(RegistryApp app)
    {
        _app = app;
        _cache = new AnswerCache(_revisions);
    }

    [Fact]
    public void An_Answer_Is_Found_Until_What_It_Shows_Changes()
    {
        var answer = Answer("a");
        _cache.Keep(Key("/a"), answer, Shown.Plugins | Shown.Membership, _revisions.Snapshot());

        var kept = _cache.Find(Key("/a"));
        _revisions.Raise(Shown.Seeds | Shown.Env);
        var afterOther = _cache.Find(Key("/a"));
        _revisions.Raise(Shown.Membership);
        var afterOwn = _cache.Find(Key("/a"));

        Assert.Same(answer, kept);
        Assert.Same(answer, afterOther);
        Assert.Null(afterOwn);
    }

    [Theory]
    [InlineData(Shown.Plugins)]
    [InlineData(Shown.Seeds)]
    [InlineData(Shown.Services)]
    [InlineData(Shown.Env)]
    [InlineData(Shown.Templates)]
    [InlineData(Shown.Membership)]
    public void An_Answer_That_Was_Being_Made_While_A_Write_Was_Committed_Is_Never_Found(Shown kind)
    {
        var before = _revisions.Snapshot();
        _revisions.Raise(kind);

        _cache.Keep(Key("/a"), Answer("made of what was there before"), kind, before);

        Assert.Null(_cache.Find(Key("/a")));
    }

    [Fact]
    public void A_Late_Answer_Does_Not_Take_The_Place_Of_The_True_One_For_Long()
    {
        var before = _revisions.Snapshot();
        _revisions.Raise(Shown.Env);
        var current = _revisions.Snapshot();
        var answer = Answer("new");
        _cache.Keep(Key("/a"), answer, Shown.Env, current);
        _cache.Keep(Key("/a"), Answer("old"), Shown.Env, before);

        var late = _cache.Find(Key("/a"));
        _cache.Keep(Key("/a"), answer, Shown.Env, current);

        Assert.True(late is null || late == answer);
        Assert.Same(answer, _cache.Find(Key("/a")));
    }

    [Theory]
    [InlineData("https", "host", "", "/a")]
    [InlineData("http", "other", "", "/a")]
    [InlineData("http", "host", "/prefix", "/a")]
    [InlineData("http", "host", "", "/a?")]
    [InlineData("http", "host", "", "/A")]
    public void Whoever_Asks_Otherwise_Is_Not_Answered_From_The_Cache(string scheme, string host, string prefix, string target)
    {
        _cache.Keep(new AnswerKey("http", "host", "", "/a"), Answer("a"), Shown.Nothing, _revisions.Snapshot());

        Assert.NotNull(_cache.Find(new AnswerKey("http", "host", "", "/a")));
        Assert.Null(_cache.Find(new AnswerKey(scheme, host, prefix, target)));
    }

    [Fact]
    public void The_Memory_For_Answers_Is_Bounded_And_The_Latest_Stay()
    {
        // 200 MB in all; that they share their bytes keeps the test small, and the cache does not know.
        var body = new byte[1_000_000];
        var answers = Enumerable.Range(0, 200).Select(i => (Key: Key($"/{i}"), Answer: new KeptAnswer(body))).ToList();

        foreach (var (key, answer) in answers)
            _cache.Keep(key, answer, Shown.Plugins, _revisions.Snapshot());

        var found = answers.Where(a => _cache.Find(a.Key) is not null).ToList();
        Assert.DoesNotContain(answers[0], found);
        Assert.Contains(answers[^1], found);
        Assert.InRange(found.Sum(a => (long)a.Answer.Size), AnswerCache.MaxBytes / 4, AnswerCache.MaxBytes);
        Assert.True(answers[0].Answer.Size >= body.Length);
    }

    [Fact]
    public void Small_Answers_With_Long_Urls_Are_Bounded_Too()
    {
        var keys = Enumerable.Range(0, 4000).Select(i => Key($"/{i}?{new string('x', 8000)}")).ToList();

        foreach (var key in keys)
            _cache.Keep(key, Answer("small"), Shown.Plugins, _revisions.Snapshot());

        var bytes = keys.Where(k => _cache.Find(k) is not null).Sum(k => 2L * k.Target.Length);
        Assert.InRange(bytes, 1, AnswerCache.MaxBytes);
        Assert.Null(_cache.Find(keys[0]));
    }

    [Fact]
    public void What_Is_Asked_For_Again_And_Again_Stays()
    {
        _cache.Keep(Key("/often"), Answer("often"), Shown.Plugins, _revisions.Snapshot());
        var body = new byte[1_000_000];

        for (var i = 0; i < 200; i++)
        {
            _cache.Keep(Key($"/{i}"), new KeptAnswer(body), Shown.Plugins, _revisions.Snapshot());
            Assert.NotNull(_cache.Find(Key("/often")));
        }

        Assert.Null(_cache.Find(Key("/0")));
    }

    [Fact]
    public void A_Huge_Answer_Does_Not_Drive_The_Others_Out()
    {
        _cache.Keep(Key("/huge"), new KeptAnswer(new byte[AnswerCache.MaxBytes]), Shown.Plugins, _revisions.Snapshot());

        Assert.Null(_cache.Find(Key("/huge")));
    }

    [Fact]
    public async Task What_Is_Asked_But_Once_Is_Not_Kept()
    {
        await using var app = new RegistryApp();
        await app.PostAsync("/api/env/", new JsonObject { ["name"] = "A", ["value"] = "1" });
        var origin = new Uri(app.Origin);
        AnswerKey Key(int i) => new(origin.Scheme, origin.Authority, "", $"/api/env/?x={i}");
        var cache = app.Services.GetRequiredService<AnswerCache>();

        var answers = new List<string>();
        for (var i = 0; i < 50; i++)
            answers.Add((await app.GetRawAsync(Key(i).Target)).Text);
        var keptAtOnce = Enumerable.Range(0, 50).Count(i => cache.Find(Key(i)) is not null);
        var again = (await app.GetRawAsync(Key(7).Target)).Text;

        Assert.Equal(0, keptAtOnce);
        Assert.NotNull(cache.Find(Key(7)));
        Assert.All(answers, answer => Assert.Equal(again, answer));
    }

    [Fact]
    public void What_Was_Asked_Among_Millions_Is_Forgotten_In_Bounded_Memory()
    {
        var first = _cache.WasAskedBefore(Key("/first"));
        var again = _cache.WasAskedBefore(Key("/first"));
        var strangers = Enumerable.Range(0, 1_000_000).Count(i => _cache.WasAskedBefore(Key($"/{i}")));

        Assert.Equal((false, true), (first, again));
        Assert.False(_cache.WasAskedBefore(Key("/first")));
        // By mistake four in a million, if hashes were perfect.
        Assert.InRange(strangers, 0, 100);
    }

    [Theory]
    [InlineData("/api/", true)]
    [InlineData("/api/plugins/", true)]
    [InlineData("/api/plugins/?last-available-period=0", true)]
    [InlineData("/api/plugins/?last-available-period=3600", false)]
    [InlineData("/api/plugins/?type=processing&last-available-period=3600&sort=id", false)]
    [InlineData("/api/recommendations/?data-type=entity/list", true)]
    [InlineData("/api/recommendations/?data-type=entity/list&experiment=1", false)]
    [InlineData("/api/discovery/", false)]
    [InlineData("/health", false)]
    [InlineData("/api/plugins/4711/", false)]
    public async Task What_Depends_On_The_Moment_Or_On_Others_Is_Not_Kept(string path, bool isKept)
    {
        // Only what comes again is kept.
        await _app.GetRawAsync(path);
        await _app.GetRawAsync(path);

        var origin = new Uri(_app.Origin);
        var kept = _app.Services.GetRequiredService<AnswerCache>().Find(new AnswerKey(origin.Scheme, origin.Authority, "", path));
        Assert.Equal(isKept, kept is not null);
    }

    [Fact]
    public async Task A_Write_Changes_What_The_Next_Get_Says_At_Once()
    {
        await using var app = new RegistryApp();
        var template = (await app.PostAsync("/api/templates/", JsonNode.Parse("""{"name": "T", "description": "", "tags": []}"""))).Data["new"]!;
        var tabs = new Uri((string)template["href"]!).AbsolutePath + "tabs/";
        (string Path, HttpMethod Method, string Url, string Body)[] writes =
        [
            ("/api/env/", HttpMethod.Post, "/api/env/", """{"name": "A", "value": "1"}"""),
            ("/api/env/A/", HttpMethod.Put, "/api/env/A/", """{"name": "A", "value": "2"}"""),
            ("/api/env/", HttpMethod.Delete, "/api/env/A/", ""),
            ("/api/seeds/", HttpMethod.Post, "/api/seeds/", """{"url": "http://127.0.0.1:9/a"}"""),
            ("/api/seeds/", HttpMethod.Delete, "/api/seeds/1/", ""),
            ("/api/services/", HttpMethod.Post, "/api/services/", """{"serviceId": "s", "name": "one", "description": "", "url": ""}"""),
            ("/api/services/s/", HttpMethod.Put, "/api/services/s/", """{"serviceId": "s", "name": "two", "description": "", "url": ""}"""),
            ("/api/services/", HttpMethod.Delete, "/api/services/s/", ""),
            (tabs, HttpMethod.Post, tabs, """{"name": "Tab", "description": "", "location": "workspace", "sortKey": 1, "groupKey": "", "filterString": ""}"""),
            ("/api/templates/1/", HttpMethod.Put, "/api/templates/1/", """{"name": "U", "description": "", "tags": []}"""),
            ("/api/templates/", HttpMethod.Delete, "/api/templates/1/", ""),
        ];

        foreach (var (path, method, url, body) in writes)
        {
            var before = await app.GetRawAsync(path);
            await app.GetRawAsync(path);
            var kept = await app.GetRawAsync(path);
            var written = body.Length > 0 ? await app.SendTextAsync(method, url, body) : await app.SendAsync(method, url, null);
            var after = await app.GetRawAsync(path, ("If-None-Match", before.Header("ETag")!));

            Assert.Equal((200, 200), (before.Code, written.Code));
            Assert.Equal(before.Text, kept.Text);
            Assert.True(after.Code == 200 && after.Text != before.Text, $"{method} {url} did not change {path}");
        }
    }

    [Fact]
    public async Task Plugins_That_Come_And_Go_Change_Lists_Tabs_And_Recommendations_At_Once()
    {
        await using var app = new RegistryApp();
        await app.PostAsync("/api/templates/", JsonNode.Parse("""{"name": "T", "description": "", "tags": []}"""));
        await app.PostAsync("/api/templates/1/tabs/", JsonNode.Parse(
            """{"name": "Tab", "description": "", "location": "workspace", "sortKey": 1, "groupKey": "", "filterString": "{\"tag\": \"test\"}"}"""));
        await using var runner = await FakeRunner.StartAsync();
        runner.Offers(PluginDocument.Of("p"));
        var seed = await app.AddSeedAsync(runner.Url);
        string[] paths = ["/api/plugins/", "/api/plugins/?template-tab=1", "/api/recommendations/?data-type=entity/list&content-type=application/json"];

        var without = await ItemsAsync();
        await app.DiscoverAsync();
        var with = await ItemsAsync();
        await app.DeleteAsync($"/api/seeds/{seed}/");
        var gone = await ItemsAsync();

        Assert.Equal([0, 0, 0], without);
        Assert.Equal([1, 1, 1], with);
        Assert.Equal([0, 0, 0], gone);

        async Task<List<int>> ItemsAsync()
        {
            var counts = new List<int>();
            foreach (var path in paths)
                counts.Add((await app.GetAsync(path)).Data["items"]!.AsArray().Count);
            return counts;
        }
    }

    private static AnswerKey Key(string target) => new("http", "host", "", target);

    private static KeptAnswer Answer(string text) => new(Encoding.UTF8.GetBytes(text));
}
