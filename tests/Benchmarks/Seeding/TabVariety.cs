using System.Globalization;
using System.Text.Json;
using Qhana.Registry.Data;

namespace Qhana.Registry.Benchmarks.Seeding;

/// <summary>As many tabs as are wanted, with filters of every kind about the plugins of the example database. Pure.</summary>
public static class TabVariety
{
    private static readonly string[] Types = ["processing", "visualization", "dataloader", "interaction"];
    private static readonly string[] Tags = ["ML", "QML", "quantum", "preprocessing", "visualization", "qasm", "clustering", "demo"];
    private static readonly string[] Names = ["Quantum k Means", "Entity loader", "Optimizer", "Histogram", "Workflow Editor", "Costume loader"];

    /// <summary>The tab with this number, from 0.</summary>
    public static TabContent At(int number) => new(
        $"Tab {number.ToString(CultureInfo.InvariantCulture)}", "", null, "workspace", number, "",
        JsonSerializer.Serialize(Filter(number)));

    private static object Filter(int number)
    {
        var (type, tag, other, name) = (Of(Types, number), Of(Tags, number), Of(Tags, number / 3), Of(Names, number));
        return (number % 8) switch
        {
            0 => new { type },
            1 => new { tag },
            2 => new { and = (object[])[new { tag }, new { not = new { tag = other } }] },
            3 => new { or = (object[])[new { tag }, new { tag = other }, new { type }] },
            4 => new { version = ">=0.1,<2" },
            5 => new { name },
            6 => new { and = (object[])[new { type }, new { version = ">=0.1.0,!=0.2.1" }, new { or = (object[])[new { tag }, new { name }] }] },
            _ => new { id = "hello-world" },
        };
    }

    private static string Of(string[] texts, int number) => texts[number / 8 % texts.Length];
}
