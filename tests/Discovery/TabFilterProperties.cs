using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Qhana.Registry.Discovery.Matching;

namespace Qhana.Registry.Tests.Discovery;

/// <summary>
/// What must hold for any filter. The filters are random, but the same in every run: the seed is part of the test's name.
/// </summary>
public sealed class TabFilterProperties
{
    private const int Filters = 500;

    private static readonly string[] Tags = ["ml", "quantum", "QML", "ML", "", "with \"quotes\""];
    private static readonly string[] Types = ["processing", "Processing", "VISUALIZATION", "visualization", ""];
    private static readonly string[] Identifiers = ["pca", "mds", "hinge-loss", "hinge-loss@v1", "pca@1.0"];
    private static readonly string[] Versions = ["1.0", "v1.0", "0.2.1", "2.0rc1", "1.0.post1", "latest", ""];
    private static readonly string[] SpecifierSets = [">=1.0", "<1", "==0.2.*", "~=1.0", "!=1.0", ">=1.0a1", "===1.0", ">=0, <2", ""];
    private static readonly string[] Titles = ["PCA", "Wu Palmer similarities", "wu palmer similarity", "Größe 😀", ""];

    // Every identifier with every version, the rest at random.
    private static readonly Plugin[] AllPlugins = MakePlugins(new Random(0));

    public static TheoryData<int> Seeds => [1, 2, 3, 4, 5, 6, 7, 8];

    [Theory]
    [MemberData(nameof(Seeds))]
    public void Matches_IsWhatSetsSay(int seed)
    {
        var telling = 0;

        foreach (var (text, filter) in RandomFilters(seed))
        {
            var expected = Select(JsonNode.Parse(text)!.AsObject());

            AssertSame(expected, AllPlugins.Where(plugin => filter.Matches(plugin.Facts)), text);
            telling += expected.Count > 0 && expected.Count < AllPlugins.Length ? 1 : 0;
        }

        // Filters that match nothing or everything prove little.
        Assert.InRange(telling, Filters / 3, Filters);
    }

    [Theory]
    [MemberData(nameof(Seeds))]
    public void Print_IsReadAsTheSameFilter(int seed)
    {
        foreach (var (text, filter) in RandomFilters(seed))
        {
            var printed = filter.ToString();

            Assert.True(JsonNode.DeepEquals(JsonNode.Parse(text), JsonNode.Parse(printed)), $"{text} is printed as {printed}");
            Assert.Equal(printed, Parse(printed).ToString());
        }
    }

    [Theory]
    [MemberData(nameof(Seeds))]
    public void Matches_FollowsTheLawsOfLogic(int seed)
    {
        var filters = RandomFilters(seed).Select(pair => pair.Text).ToArray();

        foreach (var (f, g) in filters.Zip(filters.Skip(1)))
        {
            AssertEquivalent(f, Not(Not(f)));
            AssertEquivalent(Not(List("and", f, g)), List("or", Not(f), Not(g)));
            AssertEquivalent(Not(List("or", f, g)), List("and", Not(f), Not(g)));
            AssertEquivalent(List("and", f, g), List("and", g, f));
            AssertEquivalent(List("or", f, g), List("or", g, f));
            AssertEquivalent(f, List("or", f, List("and", f, g)));
            AssertEquivalent(f, List("and", f, List("or", f, g)));
        }
    }

    [Theory]
    [MemberData(nameof(Seeds))]
    public void Parse_AcceptsExactlyTheGrammar_WhateverIsTyped(int seed)
    {
        var random = new Random(seed);
        var accepted = 0;

        foreach (var (text, _) in RandomFilters(seed))
        {
            var typed = Misspell(random, text);

            var isFilter = TabFilterParser.TryParse(typed, out var filter, out var error);

            Assert.True(isFilter == IsFilter(typed), $"{typed}: {error}");
            Assert.Equal(isFilter, error is null);
            if (!isFilter)
                Assert.Equal("{}", filter.ToString());
            accepted += isFilter ? 1 : 0;
        }

        Assert.InRange(accepted, Filters / 5, Filters * 4 / 5);
    }

    private static Plugin[] MakePlugins(Random random) =>
    [
        .. from identifier in Identifiers
           from version in Versions
           let tags = Tags.Where(_ => random.Next(3) == 0).ToArray()
           select new Plugin(identifier, version, Pick(random, Titles), Pick(random, Types), tags),
    ];

    private static IEnumerable<(string Text, TabFilter Filter)> RandomFilters(int seed)
    {
        var random = new Random(seed);
        for (var i = 0; i < Filters; i++)
        {
            var text = RandomFilter(random, nesting: random.Next(6)).ToJsonString(RandomSpelling(random));
            yield return (text, Parse(text));
        }
    }

    private static JsonObject RandomFilter(Random random, int nesting) => nesting == 0
        ? RandomComparison(random)
        : random.Next(4) switch
        {
            0 => new JsonObject { ["and"] = RandomList(random, nesting) },
            1 => new JsonObject { ["or"] = RandomList(random, nesting) },
            2 => new JsonObject { ["not"] = RandomFilter(random, nesting - 1) },
            _ => RandomComparison(random),
        };

    private static JsonObject RandomComparison(Random random) => random.Next(7) switch
    {
        0 => [],
        1 => new JsonObject { ["type"] = Pick(random, Types) },
        2 => new JsonObject { ["tag"] = Pick(random, Tags) },
        3 => new JsonObject { ["version"] = Pick(random, SpecifierSets) },
        4 => new JsonObject { ["id"] = Pick(random, Identifiers) },
        5 => new JsonObject { ["id"] = $"{Pick(random, Identifiers)}@{Pick(random, Versions)}" },
        _ => new JsonObject { ["name"] = Pick(random, Titles) },
    };

    private static JsonArray RandomList(Random random, int nesting) =>
        [.. Enumerable.Range(0, random.Next(4)).Select(_ => RandomFilter(random, nesting - 1))];

    private static JsonSerializerOptions RandomSpelling(Random random) => new()
    {
        WriteIndented = random.Next(2) == 0,
        Encoder = random.Next(2) == 0 ? JavaScriptEncoder.UnsafeRelaxedJsonEscaping : JavaScriptEncoder.Default,
    };

    // Changes, removes, adds or repeats a piece of the text; or leaves it alone.
    private static string Misspell(Random random, string text)
    {
        const string Pieces = "{}[]\",:0 anto\\";
        var at = random.Next(text.Length);
        var length = Math.Min(random.Next(1, 6), text.Length - at);
        return random.Next(6) switch
        {
            0 => text,
            1 => text.Remove(at, length),
            2 => text.Insert(at, text.Substring(at, length)),
            3 => text.Insert(at, Pieces[random.Next(Pieces.Length)].ToString()),
            4 => text.Remove(at, 1).Insert(at, Pieces[random.Next(Pieces.Length)].ToString()),
            _ => text.Replace(Pick(random, ["and", "not", "tag", "\"name\"", "type"]), Pick(random, ["or", "id", "\"version\"", "x"])),
        };
    }

    // The plugins a filter selects, by the rules of the contract.
    private static HashSet<Plugin> Select(JsonObject filter)
    {
        if (filter.Count == 0)
            return [];
        var (key, value) = filter.Single();
        return key switch
        {
            "and" => SelectEach(value).Aggregate((HashSet<Plugin>?)null, Intersect) ?? [],
            "or" => [.. SelectEach(value).SelectMany(set => set)],
            "not" => [.. AllPlugins.Except(Select(value!.AsObject()))],
            _ => [.. AllPlugins.Where(plugin => plugin.Is(key, value!.GetValue<string>()))],
        };

        static IEnumerable<HashSet<Plugin>> SelectEach(JsonNode? list) =>
            list!.AsArray().Select(item => Select(item!.AsObject()));

        static HashSet<Plugin> Intersect(HashSet<Plugin>? one, HashSet<Plugin> other) =>
            one is null ? other : [.. one.Where(other.Contains)];
    }

    // The grammar once more, without limits and messages. Half a surrogate pair is an InvalidOperationException.
    private static bool IsFilter(string text)
    {
        try
        {
            using var document = JsonDocument.Parse(text);
            return IsFilter(document.RootElement);
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            return text.Length == 0;
        }
    }

    private static bool IsFilter(JsonElement json)
    {
        if (json.ValueKind != JsonValueKind.Object || json.EnumerateObject().Count() > 1)
            return false;
        return json.EnumerateObject().All(property => property.Name switch
        {
            "and" or "or" => property.Value.ValueKind == JsonValueKind.Array && property.Value.EnumerateArray().All(IsFilter),
            "not" => IsFilter(property.Value),
            "tag" or "type" or "id" or "name" => property.Value.ValueKind == JsonValueKind.String
                && property.Value.GetString() is not null,
            "version" => property.Value.ValueKind == JsonValueKind.String
                && Pep440SpecifierSet.TryParse(property.Value.GetString()!, out _),
            _ => false,
        });
    }

    private static string Not(string filter) => $$"""{"not": {{filter}}}""";

    private static string List(string key, string first, string second) => $$"""{"{{key}}": [{{first}}, {{second}}]}""";

    private static void AssertEquivalent(string one, string other)
    {
        var (left, right) = (Parse(one), Parse(other));

        AssertSame(
            AllPlugins.Where(plugin => left.Matches(plugin.Facts)),
            AllPlugins.Where(plugin => right.Matches(plugin.Facts)),
            $"{one} and {other}");
    }

    private static void AssertSame(IEnumerable<Plugin> expected, IEnumerable<Plugin> actual, string what) =>
        Assert.True(expected.ToHashSet().SetEquals(actual), what);

    private static TabFilter Parse(string text)
    {
        Assert.True(TabFilterParser.TryParse(text, out var filter, out var error), $"{text}: {error}");
        return filter;
    }

    private static string Pick(Random random, string[] texts) => texts[random.Next(texts.Length)];

    private sealed record Plugin(string Identifier, string Version, string Title, string Type, string[] Tags)
    {
        public PluginFacts Facts { get; } = new(Identifier, Version, Title, Type, Tags);

        public bool Is(string key, string text) => key switch
        {
            "tag" => Tags.Any(tag => string.Equals(tag, text, StringComparison.Ordinal)),
            "type" => string.Equals(Type, text, StringComparison.OrdinalIgnoreCase),
            "id" => text == Identifier || text == Identifier + "@" + Version,
            "version" => Pep440SpecifierSet.TryParse(text, out var set) && set.Contains(Version),
            "name" => SequenceRatio.Ratio(text, Title) > 0.8,
            _ => throw new ArgumentException($"There is no filter {key}.", nameof(key)),
        };
    }
}
