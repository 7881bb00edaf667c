using Qhana.Registry.Tests.Support;

namespace Qhana.Registry.Tests.Data;

public sealed class PageReaderTests
{
    [Fact]
    public async Task A_List_Is_Kept_For_Its_Filter_But_Not_For_Each_Cursor_That_Does_Not_Match()
    {
        await using var app = new RegistryApp();
        var seed = await app.AddSeedAsync("http://runner.test");
        await app.StoreAsync(seed, [.. "abcd".Select(c => PluginDocument.Stored($"{c}") with { Type = c == 'b' ? "other" : "processing" })]);

        var first = await ListsReadAsync("/api/plugins/?item-count=1&type=processing&cursor=2");
        var again = await ListsReadAsync("/api/plugins/?item-count=1&type=processing&cursor=2&x=1");

        Assert.Equal(2, first.Count);
        Assert.Contains(" OR id = ", Assert.Single(again), StringComparison.Ordinal);

        async Task<List<string>> ListsReadAsync(string path) =>
            [.. (await SqlTrace.OfAsync(app, () => app.GetAsync(path))).Where(s => s.StartsWith("SELECT id FROM plugin", StringComparison.Ordinal))];
    }
}
