using System.Data.Common;
using Microsoft.Extensions.DependencyInjection;
using Qhana.Registry.Data;
using Qhana.Registry.Tests.Support;

namespace Qhana.Registry.Tests.Data;

public sealed class InitialSeedsTests
{
    [Fact]
    public async Task Initial_Seeds_Are_Added_All_Or_None_So_That_The_Next_Start_Has_Them_All()
    {
        string[] urls = ["http://a.test/", "http://b.test/"];
        await using var app = new RegistryApp();
        Assert.Equal(0, app.Query<int>("SELECT COUNT(*) FROM seed"));
        var seeds = app.Services.GetRequiredService<SeedRepository>();
        TestDatabase.Execute(app.DatabasePath, """
            CREATE TRIGGER no_b BEFORE INSERT ON seed WHEN new.url = 'http://b.test/' BEGIN SELECT RAISE(ABORT, 'no'); END
            """);

        await Assert.ThrowsAnyAsync<DbException>(() => seeds.AddFirstAsync(urls));
        var left = (await app.GetAsync("/api/seeds/")).CollectionSize;
        TestDatabase.Execute(app.DatabasePath, "DROP TRIGGER no_b");
        var added = await seeds.AddFirstAsync(urls);

        Assert.Equal((0, 2), (left, added));
        Assert.Equal(2, (await app.GetAsync("/api/seeds/")).CollectionSize);
    }
}
