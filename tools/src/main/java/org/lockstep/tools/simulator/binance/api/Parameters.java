package org.lockstep.tools.simulator.binance.api;

import org.lockstep.tools.simulator.market.E8;

import java.util.Collection;
import java.util.Collections;
import java.util.Map;
import java.util.regex.Pattern;

/** Parameters of a trading request, read with the venue's rules and refusals. */
public final class Parameters
{
    private static final Pattern DECIMAL = Pattern.compile("([0-9]{1,20})(\\.[0-9]{1,20})?");
    private static final Pattern CLIENT_ID = Pattern.compile("[a-zA-Z0-9-_]{1,36}");
    private static final int DECIMALS = 8;

    private final Map<String, String> values;

    /**
     * Wraps parameters.
     *
     * @param values by name; texts of JSON strings without quotes, numbers as written.
     */
    public Parameters(final Map<String, String> values)
    {
        this.values = values;
    }

    Map<String, String> values()
    {
        return Collections.unmodifiableMap(values);
    }

    boolean has(final String name)
    {
        return values.containsKey(name);
    }

    /** A parameter, or null; present but empty is refused. */
    String optional(final String name) throws ApiError
    {
        final String value = values.get(name);
        if (null != value && value.isEmpty())
        {
            throw new ApiError(-1105, "Parameter '" + name + "' was empty.");
        }
        return value;
    }

    String required(final String name) throws ApiError
    {
        final String value = values.get(name);
        if (null == value || value.isEmpty())
        {
            throw ApiError.missing(name);
        }
        return value;
    }

    void refuse(final String name) throws ApiError
    {
        if (has(name))
        {
            throw new ApiError(-1106, "Parameter '" + name + "' sent when not required.");
        }
    }

    /** A client order id, or null. */
    String clientId(final String name) throws ApiError
    {
        final String value = optional(name);
        if (null != value && !CLIENT_ID.matcher(value).matches())
        {
            throw new ApiError(-1100, "Illegal characters found in parameter '" + name +
                "'; legal range is '^[a-zA-Z0-9-_]{1,36}$'.");
        }
        return value;
    }

    /** A decimal with at most eight places, 0 when it is not there. */
    long decimalE8(final String name) throws ApiError
    {
        final String value = optional(name);
        if (null == value)
        {
            return 0;
        }
        if (!DECIMAL.matcher(value).matches())
        {
            throw new ApiError(-1100, "Illegal characters found in parameter '" + name +
                "'; legal range is '^([0-9]{1,20})(\\.[0-9]{1,20})?$'.");
        }
        final int point = value.indexOf('.');
        String digits = value;
        if (point >= 0 && value.length() - point - 1 > DECIMALS)
        {
            digits = value.substring(0, point + 1 + DECIMALS);
            if (!value.substring(point + 1 + DECIMALS).matches("0+"))
            {
                throw new ApiError(-1111, "Parameter '" + name + "' has too much precision.");
            }
        }
        try
        {
            return E8.parse(digits);
        }
        catch (final ArithmeticException ex)
        {
            throw new ApiError(-1013, "Invalid " + name + ".");
        }
    }

    long requiredDecimalE8(final String name) throws ApiError
    {
        required(name);
        return decimalE8(name);
    }

    long whole(final String name, final long standard) throws ApiError
    {
        final String value = optional(name);
        if (null == value)
        {
            return standard;
        }
        if (!value.matches("-?[0-9]{1,18}"))
        {
            throw new ApiError(-1100, "Illegal characters found in parameter '" + name +
                "'; legal range is '^[0-9]{1,20}$'.");
        }
        return Long.parseLong(value);
    }

    Long wholeOrNull(final String name) throws ApiError
    {
        return has(name) ? Long.valueOf(whole(name, 0)) : null;
    }

    /** A name of an enum, or the standard. */
    <E extends Enum<E>> E choice(
        final String name, final Class<E> type, final E standard, final int code, final String message) throws ApiError
    {
        final String value = optional(name);
        if (null == value)
        {
            return standard;
        }
        for (final E constant : type.getEnumConstants())
        {
            if (constant.name().equals(value))
            {
                return constant;
            }
        }
        throw new ApiError(code, message);
    }

    Collection<String> names()
    {
        return values.keySet();
    }
}
