package io.nanogame.cli.bots;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import io.nanogame.text.WireText;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A JSON template with placeholders: <code>${player}</code> and <code>${round}</code>
 * count from 1, and <code>${player % 100}</code> is the remainder of a division. A string
 * that consists of one placeholder becomes a number.
 */
final class Template {

	private static final Pattern EXPRESSION = Pattern.compile("((?<!\\\\)\"|)\\$\\{([^}]*)}(\"?)");

	private static final Pattern NUMBER = Pattern.compile("\\s*(player|round)\\s*(?:%\\s*([1-9]\\d{0,8})\\s*)?");

	/** The texts between the expressions: one more than there are expressions. */
	private final List<String> texts = new ArrayList<>();

	private final List<Expression> expressions = new ArrayList<>();

	/**
	 * Parses a template.
	 * @param tree any JSON
	 * @throws ScenarioException if an expression is unknown
	 */
	Template(JsonNode tree) {
		String json = tree.toString();
		Matcher matcher = EXPRESSION.matcher(json);
		StringBuilder text = new StringBuilder();
		int from = 0;
		while (matcher.find()) {
			boolean alone = !matcher.group(1).isEmpty() && !matcher.group(3).isEmpty() && !isKey(json, matcher.end());
			text.append(json, from, matcher.start()).append(alone ? "" : matcher.group(1));
			this.texts.add(text.toString());
			this.expressions.add(expression(matcher.group(2)));
			text.setLength(0);
			text.append(alone ? "" : matcher.group(3));
			from = matcher.end();
		}
		this.texts.add(text.append(json, from, json.length()).toString());
	}

	private static boolean isKey(String json, int end) {
		return end < json.length() && json.charAt(end) == ':';
	}

	static @Nullable Template of(@Nullable JsonNode tree) {
		return (tree == null || tree.isNull()) ? null : new Template(tree);
	}

	private static Expression expression(String text) {
		Matcher matcher = NUMBER.matcher(text);
		if (!matcher.matches()) {
			throw new ScenarioException(
					"${%s} is not known; write ${player}, ${round} or ${player %% 100}".formatted(text), null);
		}
		String modulus = matcher.group(2);
		return new Expression(matcher.group(1).equals("player"),
				(modulus != null) ? Integer.parseInt(modulus) : Integer.MAX_VALUE);
	}

	byte[] render(int player, int round) {
		return WireText.escapeJson(text(player, round).getBytes(StandardCharsets.UTF_8));
	}

	JsonNode tree(int player, int round) {
		return JsonMapper.shared().readTree(text(player, round));
	}

	private String text(int player, int round) {
		StringBuilder text = new StringBuilder();
		for (int i = 0; i < this.expressions.size(); i++) {
			text.append(this.texts.get(i)).append(this.expressions.get(i).value(player, round));
		}
		return text.append(this.texts.get(this.expressions.size())).toString();
	}

	private record Expression(boolean ofPlayer, int modulus) {

		int value(int player, int round) {
			return (this.ofPlayer ? player : round) % this.modulus;
		}

	}

}
