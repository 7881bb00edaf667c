using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Qhana.Registry.Discovery.Matching;

/// <summary>
/// Says which plugins a tab shows. <see cref="TabFilterParser"/> makes filters and nobody else does, so that none is nested
/// deeper or has more parts than the parser allows. A filter does not change; several threads may use it.
/// </summary>
public abstract class TabFilter
{
    // Readable, ">=1.0" and not "\u003E=1.0": the text is JSON, and no part of an HTML page.
    private static readonly JsonWriterOptions Readable = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private TabFilter()
    {
    }

    /// <summary>About how long <see cref="Matches"/> takes at most, where comparing two short texts is 1.</summary>
    private protected abstract int Cost { get; }

    /// <summary>Whether the tab shows the plugin.</summary>
    public abstract bool Matches(PluginFacts plugin);

    /// <summary>
    /// The filter as JSON without blanks, its parts in the order they were given. The parser reads the same filter from it.
    /// </summary>
    public sealed override string ToString()
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer, Readable))
            Write(json);
        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }

    /// <summary>Writes the one key of the filter and its value.</summary>
    private protected abstract void WriteProperty(Utf8JsonWriter json);

    private void Write(Utf8JsonWriter json)
    {
        json.WriteStartObject();
        WriteProperty(json);
        json.WriteEndObject();
    }

    /// <summary><c>{}</c> and the empty text: no plugin.</summary>
    internal sealed class Nothing : TabFilter
    {
        private protected override int Cost => 0;

        public override bool Matches(PluginFacts plugin) => false;

        private protected override void WriteProperty(Utf8JsonWriter json)
        {
        }
    }

    /// <summary>A filter made of a list of filters.</summary>
    internal abstract class Combination(string key, TabFilter[] filters) : TabFilter
    {
        /// <summary>The filters in the order to ask them: one that is quick to answer may spare us one that is not.</summary>
        private protected TabFilter[] CheapestFirst { get; } = [.. filters.OrderBy(filter => filter.Cost)];

        private protected override int Cost { get; } = filters.Sum(filter => filter.Cost);

        private protected override void WriteProperty(Utf8JsonWriter json)
        {
            json.WriteStartArray(key);
            foreach (var filter in filters)
                filter.Write(json);
            json.WriteEndArray();
        }
    }

    /// <summary><c>{"and": [f…]}</c>: the plugins that all the filters match; none if there are no filters.</summary>
    internal sealed class And(TabFilter[] filters) : Combination("and", filters)
    {
        public override bool Matches(PluginFacts plugin)
        {
            foreach (var filter in CheapestFirst)
                if (!filter.Matches(plugin))
                    return false;
            return CheapestFirst.Length > 0;
        }
    }

    /// <summary><c>{"or": [f…]}</c>: the plugins that at least one of the filters matches.</summary>
    internal sealed class Or(TabFilter[] filters) : Combination("or", filters)
    {
        public override bool Matches(PluginFacts plugin)
        {
            foreach (var filter in CheapestFirst)
                if (filter.Matches(plugin))
                    return true;
            return false;
        }
    }

    /// <summary><c>{"not": f}</c>: the plugins that the filter does not match; all of them for <see cref="Nothing"/>.</summary>
    internal sealed class Not(TabFilter filter) : TabFilter
    {
        private protected override int Cost => filter.Cost;

        public override bool Matches(PluginFacts plugin) => !filter.Matches(plugin);

        private protected override void WriteProperty(Utf8JsonWriter json)
        {
            json.WritePropertyName("not");
            filter.Write(json);
        }
    }

    /// <summary>A filter that compares one property of the plugin with a text.</summary>
    internal abstract class Comparison(string key, string text, int cost) : TabFilter
    {
        /// <summary>The text to compare with.</summary>
        private protected string Text { get; } = text;

        private protected override int Cost => cost;

        private protected override void WriteProperty(Utf8JsonWriter json) => json.WriteString(key, Text);
    }

    /// <summary><c>{"tag": s}</c>: the plugins with exactly this tag.</summary>
    internal sealed class Tag(string tag) : Comparison("tag", tag, cost: 1)
    {
        public override bool Matches(PluginFacts plugin) => plugin.HasTag(Text);
    }

    /// <summary><c>{"type": s}</c>: the plugins of this type in any letter case.</summary>
    internal sealed class Type(string type) : Comparison("type", type, cost: 1)
    {
        private readonly string _lowercase = type.ToLowerInvariant();

        public override bool Matches(PluginFacts plugin) => plugin.LowercaseType == _lowercase;
    }

    /// <summary><c>{"id": s}</c>: the plugins with this full id (<c>identifier@version</c>) or this identifier.</summary>
    internal sealed class Id(string id) : Comparison("id", id, cost: 1)
    {
        // Nothing is split at the @, as an identifier may contain one, too.
        public override bool Matches(PluginFacts plugin) => plugin.Identifier == Text || plugin.FullId == Text;
    }

    /// <summary>
    /// <c>{"version": s}</c>: the plugins with a PEP 440 version in the set. The empty set holds all but pre-releases.
    /// </summary>
    internal sealed class Version(string text, Pep440SpecifierSet set) : Comparison("version", text, cost: 5)
    {
        public override bool Matches(PluginFacts plugin) => plugin.Version is { } version && set.Contains(version);
    }

    /// <summary><c>{"name": s}</c>: the plugins with a title similar to this name, see <see cref="SequenceRatio"/>.</summary>
    internal sealed class Name(string name) : Comparison("name", name, cost: 50)
    {
        private readonly SequenceRatio _similarity = new(name);

        public override bool Matches(PluginFacts plugin) => _similarity.IsSimilar(plugin.Title);
    }
}
