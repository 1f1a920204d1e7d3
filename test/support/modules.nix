# A module system in small, for tests of the model where nixpkgs is not at hand: what becomes of definitions with
# conditions, merges, priorities and orders, in several modules that import each other, as `lib.evalModules` has it.
# It knows no types: lists are concatenated, equal values are one, others are reported as `several`.
let
  inherit (builtins) all any attrNames concatLists concatMap elem elemAt filter foldl' genericClosure head isAttrs isFunction isList isString length mapAttrs sort tryEval zipAttrsWith;

  lib = rec {
    mkIf = condition: content: { _type = "if"; inherit condition content; };
    mkMerge = contents: { _type = "merge"; inherit contents; };
    mkOverride = priority: content: { _type = "override"; inherit priority content; };
    mkOrder = priority: content: { _type = "order"; inherit priority content; };
    mkOptionDefault = mkOverride 1500;
    mkDefault = mkOverride 1000;
    mkForce = mkOverride 50;
    mkVMOverride = mkOverride 10;
    mkBefore = mkOrder 500;
    mkAfter = mkOrder 1500;
    optionals = condition: list: if condition then list else [ ];
    optional = condition: value: if condition then [ value ] else [ ];
    optionalAttrs = condition: set: if condition then set else { };
    optionalString = condition: text: if condition then text else "";
    recursiveUpdate = a: b: a // mapAttrs (name: value: if a ? ${name} && isAttrs a.${name} && isAttrs value then recursiveUpdate a.${name} value else value) b;
    id = value: value;
  };

  kind = value: if isAttrs value then value._type or "" else "";
  isWrapped = value: elem (kind value) [ "if" "merge" "override" "order" ];

  # The wrappers of a set above options are handed to each attribute; an order is not.
  handDown = value:
    let onto = wrap: map (set: if isAttrs set then mapAttrs (_: wrap) set else set) (handDown value.content); in
    if kind value == "merge" then concatMap handDown value.contents
    else if kind value == "if" then onto (lib.mkIf value.condition)
    else if kind value == "override" then onto (lib.mkOverride value.priority)
    else [ value ];

  # What is inside all wrappers.
  bare = value: if kind value == "merge" then concatMap bare value.contents else if isWrapped value then bare value.content else [ value ];

  # The wrappers of an option's value, from the outside in: conditions and merges, one priority, one order.
  holding = value:
    if kind value == "merge" then concatMap holding value.contents
    else if kind value == "if" then (if value.condition then holding value.content else [ ])
    else [ value ];
  priorityOf = value: if kind value == "override" then value.priority else 100;
  orderOf = value: if kind value == "order" then value.priority else 1000;
  inside = type: value: if kind value == type then value.content else value;
  winning = values:
    let priority = foldl' (least: value: if priorityOf value < least then priorityOf value else least) 9999 values; in
    { inherit priority; values = map (inside "override") (filter (value: priorityOf value == priority) values); };
  inOrder = values: map (inside "order") (sort (a: b: orderOf a < orderOf b) values);
in
{
  inherit lib;

  # `roots` are modules or paths of them; `setOptions` paths of options that hold a set, as lists in which `"*"` is any name.
  evaluate = { roots, setOptions ? [ ], arguments ? { } }:
    let
      load = parent: index: module:
        let
          isFile = !isAttrs module && !isFunction module;
          opened = if isFile then import module else module;
          body = if isFunction opened then opened ({ inherit lib; config = result.value; } // arguments) else opened;
          structured = body ? config || body ? options;
        in
        rec {
          key = if isFile then toString module else body.key or "${parent}:${toString index}";
          disabled = map toString (body.disabledModules or [ ]);
          definitions =
            if isWrapped body then body
            else if structured then body.config or { }
            else removeAttrs body [ "imports" "require" "key" "disabledModules" "_file" ];
          # A condition or a merge in place of a module imports nothing.
          imports = if isWrapped body then [ ] else numbered key (body.imports or [ ]);
        };
      numbered = parent: list: builtins.genList (index: load parent index (elemAt list index)) (length list);

      start = numbered "" roots;
      off = concatMap (node: node.disabled) (genericClosure { startSet = start; operator = node: node.imports; });
      on = filter (node: !elem node.key off);
      modules = genericClosure { startSet = on start; operator = node: on node.imports; };

      # Definitions of later modules come first.
      ordered = foldl' (done: node: [ node ] ++ done) [ ] modules;

      matches = path: pattern: length path == length pattern && all (index: elem (elemAt pattern index) [ "*" (elemAt path index) ]) (builtins.genList (index: index) (length path));
      parentOf = path: builtins.genList (elemAt path) (length path - 1);
      isSetOption = path: path != [ ] && any (pattern: matches path pattern || matches (parentOf path) pattern) setOptions;

      at = path: definitions:
        let
          isNest = !isSetOption path && all isAttrs (concatMap bare definitions);
          below = values:
            let children = mapAttrs (name: at (path ++ [ name ])) (zipAttrsWith (_: list: list) values); in
            { value = mapAttrs (_: child: child.value) children; leaves = concatLists (map (name: children.${name}.leaves) (attrNames children)); };
          found = winning (concatMap holding definitions);
          values = inOrder found.values;
          leaf = value: report: { inherit value; leaves = [ ({ inherit path; inherit (found) priority; } // report) ]; };
          elements = concatMap (element: map (inside "override") (holding element));
        in
        if isNest then below (concatMap handDown definitions)
        else if values == [ ] then { value = throw "not defined"; leaves = [ ]; }
        else if any isWrapped values then leaf (throw "wrapped") { failed = true; }
        else if all isAttrs values then below values
        else if all isList values then (let list = elements (concatLists values); in leaf list { value = list; })
        else if length values == 1 then leaf (head values) { value = head values; }
        # Equal numbers are one; whether equal texts are one or joined, their type would say.
        else if all (value: value == head values) values then leaf (head values) (if isString (head values) then { several = values; } else { value = head values; })
        else leaf (throw "several") { several = values; };

      result = at [ ] (map (node: node.definitions) ordered);

      # What throws fails alone.
      guarded = leaf: let attempt = tryEval (builtins.deepSeq leaf leaf); in if attempt.success then attempt.value else { path = leaf.path; failed = true; };
    in
    map guarded result.leaves;
}
