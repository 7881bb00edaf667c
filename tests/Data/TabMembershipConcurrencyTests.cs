using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;
using Qhana.Registry.Data;
using Qhana.Registry.Tests.Support;
using SQLitePCL;
using static Qhana.Registry.Tests.Support.TemplateRequests;

namespace Qhana.Registry.Tests.Data;

/// <summary>Tabs and plugins that change at the same time fit each other in the end.</summary>
public sealed class TabMembershipConcurrencyTests : IAsyncLifetime
{
    private const string Quantum = """{"tag": "quantum"}""";

    private readonly TestFolder _folder = new();
    private RegistryApp _app = null!;
    private long _seed;
    private string _template = "";

    public async ValueTask InitializeAsync()
    {
        _app = new RegistryApp().UseDatabase(_folder.File("shared.db"));
        _seed = await _app.AddSeedAsync("http://runner.test");
        _template = await _app.AddTemplateAsync();
    }

    [Fact]
    public async Task Plugins_That_Change_While_A_Filter_Is_Tested_Are_Tested_Again()
    {
        await _app.StoreAsync(_seed, Plugin("comes"), Plugin("leaves", "quantum"), Plugin("stays", "quantum"));
        var tab = await _app.AddTabAsync(_template, Tab("Tab", "{}"));

        var changed = await WhileAsync(
            () => _app.StoreAsync(_seed, Plugin("comes", "quantum"), Plugin("leaves"), Plugin("new", "quantum")),
            () => _app.PutAsync(tab, Tab("Tab", Quantum)));

        Assert.Equal(200, changed.Code);
        Assert.Equal(["comes", "new", "stays"], await _app.PluginsOfTabAsync(tab));
    }

    [Fact]
    public async Task Plugins_That_Go_While_A_Filter_Is_Tested_Do_Not_Get_In_Its_Way()
    {
        await _app.StoreAsync(_seed, Plugin("goes", "quantum"));
        var stays = await _app.AddSeedAsync("http://other.test");
        await _app.StoreAsync(stays, Plugin("stays", "quantum"));

        var added = await WhileAsync(
            () => Service<SeedRepository>().DeleteAsync(_seed), () => _app.PostAsync($"{_template}tabs/", Tab("Tab", Quantum)));

        Assert.Equal(200, added.Code);
        Assert.Equal(["stays"], await _app.PluginsOfTabAsync((string)added.Data["new"]!["href"]!));
    }

    [Fact]
    public async Task A_Tab_That_Is_Deleted_While_Its_New_Filter_Is_Tested_Is_Not_Found()
    {
        await _app.StoreAsync(_seed, Plugin("a", "quantum"));
        var tab = await _app.AddTabAsync(_template, Tab("Tab", "{}"));

        var changed = await WhileAsync(() => Service<TabRepository>().DeleteAsync(1, 1), () => _app.PutAsync(tab, Tab("Tab", Quantum)));

        Assert.Equal(404, changed.Code);
        Assert.Equal(0, _app.Query<long>("SELECT COUNT(*) FROM tab_plugin"));
    }

    [Fact]
    public async Task A_Template_That_Is_Deleted_While_A_Tab_Is_Added_To_It_Is_Not_Found()
    {
        await _app.StoreAsync(_seed, Plugin("a", "quantum"));

        var added = await WhileAsync(
            () => Service<TemplateRepository>().DeleteAsync(1), () => _app.PostAsync($"{_template}tabs/", Tab("Tab", Quantum)));

        Assert.Equal(404, added.Code);
        Assert.Equal(0, _app.Query<long>("SELECT COUNT(*) FROM ui_template_tab"));
    }

    [Fact]
    public async Task A_Tab_That_Another_Process_Adds_Is_Known_To_The_Next_Plugin()
    {
        await _app.AddTabAsync(_template, Tab("First", Quantum));
        await _app.StoreAsync(_seed, Plugin("before", "quantum"));
        await using var other = new RegistryApp().UseDatabase(_app.DatabasePath);
        var tab = await other.AddTabAsync($"{other.Origin}/api/templates/1/", Tab("Second", Quantum));

        await _app.StoreAsync(_seed, Plugin("after", "quantum"));

        Assert.Equal(["after", "before"], await other.PluginsOfTabAsync(tab));
    }

    public async ValueTask DisposeAsync()
    {
        await _app.DisposeAsync();
        _folder.Dispose();
    }

    /// <summary>
    /// Lets a tab change be worked out, and has the other change written before it. Both wait for a writer that holds the
    /// database meanwhile, the other change first: it must not come by HTTP, which knows no order.
    /// </summary>
    private async Task<Answer> WhileAsync(Func<Task> otherChange, Func<Task<Answer>> tabChange)
    {
        var database = Service<Database>();
        var (held, letGo) = (new TaskCompletionSource(), new TaskCompletionSource());
        var (otherWaits, tabIsTested) = (new TaskCompletionSource(), new TaskCompletionSource());
        strdelegate_trace listen = (_, statement) => _ = statement.Contains("FROM plugin", StringComparison.Ordinal) && tabIsTested.TrySetResult();
        await using (var connection = (SqliteConnection)await database.OpenAsync())
            raw.sqlite3_trace(connection.Handle, listen, null);
        var holding = database.WriteAsync(async _ =>
        {
            held.SetResult();
            await letGo.Task;
        });
        await held.Task;
        var other = otherChange();
        var tab = tabChange();
        // Where plugins are not read before the write, there is nothing to wait for.
        await Task.WhenAny(tabIsTested.Task, Task.Delay(TimeSpan.FromSeconds(2), TestContext.Current.CancellationToken));
        letGo.SetResult();
        await Task.WhenAll(holding, other, tab);
        GC.KeepAlive(listen);
        return await tab;
    }

    private T Service<T>()
        where T : notnull => _app.Services.GetRequiredService<T>();

    private static Plugin Plugin(string name, params string[] tags) => PluginDocument.Stored(name) with { Tags = tags };
}
