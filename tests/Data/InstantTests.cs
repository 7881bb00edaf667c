using System.Globalization;
using Microsoft.Data.Sqlite;
using Qhana.Registry.Data;

namespace Qhana.Registry.Tests.Data;

public sealed class InstantTests
{
    [Theory]
    [InlineData("2024-05-01T12:00:00+00:00", "2024-05-01T12:00:00.0000000Z")]
    // Whatever the offset, the text is UTC.
    [InlineData("2024-05-01T12:00:00+05:30", "2024-05-01T06:30:00.0000000Z")]
    [InlineData("2024-01-01T00:30:00+02:00", "2023-12-31T22:30:00.0000000Z")]
    [InlineData("2024-05-01T12:00:00.1234567-01:00", "2024-05-01T13:00:00.1234567Z")]
    [InlineData("0001-01-01T00:00:00+00:00", "0001-01-01T00:00:00.0000000Z")]
    public void ToText_IsUtcOfOneLength_WhateverTheOffset(string instant, string expected)
    {
        var text = InstantHandler.ToText(DateTimeOffset.Parse(instant, CultureInfo.InvariantCulture));

        Assert.Equal(expected, text);
    }

    [Fact]
    public void ToText_SortsLikeTime_WhenTheInstantsDifferInOffsetAndFraction()
    {
        DateTimeOffset[] instants =
        [
            new(2024, 5, 1, 12, 0, 0, TimeSpan.FromHours(2)),
            new(2024, 5, 1, 11, 0, 0, TimeSpan.Zero),
            new DateTimeOffset(2024, 5, 1, 11, 0, 0, TimeSpan.Zero).AddTicks(1),
            new(2024, 5, 1, 4, 30, 0, TimeSpan.FromHours(-7)),
            new(2024, 12, 1, 0, 0, 0, TimeSpan.FromHours(14)),
        ];

        var texts = instants.Order().Select(InstantHandler.ToText).ToList();

        Assert.Equal(texts.Order(StringComparer.Ordinal), texts);
    }

    [Fact]
    public void FromText_GivesTheInstantBack_WhenToTextWroteIt()
    {
        var instant = new DateTimeOffset(2024, 5, 1, 12, 34, 56, TimeSpan.FromHours(-3)).AddTicks(1234567);

        var read = InstantHandler.FromText(InstantHandler.ToText(instant));

        Assert.Equal(instant, read);
        Assert.Equal(TimeSpan.Zero, read.Offset);
    }

    [Fact]
    public void SetValue_StoresTheSameTextAsToText_WhenDapperSetsAParameter()
    {
        var instant = new DateTimeOffset(2024, 5, 1, 12, 0, 0, TimeSpan.FromHours(5));
        var parameter = new SqliteParameter();

        new InstantHandler().SetValue(parameter, instant);

        Assert.Equal(InstantHandler.ToText(instant), parameter.Value);
        Assert.Equal(instant, new InstantHandler().Parse(parameter.Value!));
    }
}
